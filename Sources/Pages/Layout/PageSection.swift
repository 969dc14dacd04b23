/// Parts under a heading.
package struct PageSection: PagePart {
  private let title: String
  private let lead: String
  private let parts: [any PagePart]

  /// - Parameter lead: A sentence below the heading; empty for none.
  package init(_ title: String, lead: String = "", _ parts: [any PagePart]) {
    self.title = title
    self.lead = lead
    self.parts = parts
  }

  package var html: String {
    """
    <section>
    <h2>\(Markup.escaped(title))</h2>
    \(lead.isEmpty ? "" : "<p class=\"lead\">\(Markup.number(Markup.escaped(lead)))</p>\n")\
    \(parts.map(\.html).joined(separator: "\n"))
    </section>
    """
  }

  package var styles: [PartStyle] { [PageSection.style] + parts.flatMap(\.styles) }

  package var script: String? { PageColumns.script(of: parts) }

  static let style = PartStyle(
    rules: """
      section { margin: 34px 0 0; }
      h2 { font-size: 18px; line-height: 1.3; font-weight: 650; margin: 0; padding: 0 0 6px;
        border-bottom: 1px solid var(--rule); }
      h3 { font-size: 15px; font-weight: 600; margin: 20px 0 0; overflow-wrap: anywhere; }
      .lead { margin: 8px 0 0; color: var(--soft); overflow-wrap: anywhere; }
      """)
}
