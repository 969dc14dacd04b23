/// A paragraph.
package struct PageText: PagePart {
  private let text: String

  package init(_ text: String) { self.text = text }

  package var html: String { "<p class=\"text\">\(Markup.number(Markup.escaped(text)))</p>" }

  package var styles: [PartStyle] {
    [PartStyle(rules: ".text { margin: 12px 0 0; color: var(--soft); overflow-wrap: anywhere; }")]
  }
}
