/// Names and what there is to say of each, in two columns that stay within the page.
package struct FactList: PagePart {
  private let title: String
  private let facts: [(name: String, text: String)]

  /// - Parameter title: What they are about; empty for no line of its own.
  package init(title: String = "", _ facts: [(name: String, text: String)]) {
    self.title = title
    self.facts = facts
  }

  package var html: String {
    let rows = facts.map { name, text in
      "<div><dt>\(Markup.escaped(name))</dt><dd>\(Markup.number(Markup.escaped(text)))</dd></div>"
    }
    let heading = title.isEmpty ? "" : "<h3>\(Markup.escaped(title))</h3>\n"
    return "\(heading)<dl class=\"facts\">\n\(rows.joined(separator: "\n"))\n</dl>"
  }

  package var styles: [PartStyle] {
    [
      PageSection.style,
      PartStyle(
        rules: """
          .facts { margin: 12px 0 0; }
          .facts div { padding: 5px 0; }
          .facts dt { flex: 0 0 32%; max-width: 240px; overflow-wrap: anywhere; }
          .facts dd { min-width: 0; }
          """),
    ]
  }
}
