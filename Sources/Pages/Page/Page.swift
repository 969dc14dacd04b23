/// A page for browsers that needs nothing besides itself: no file, no font, no network.
///
/// It begins with a heading, goes on with its parts in their order, and ends with findings and a caution. All texts are
/// escaped; only parts write markup.
package struct Page {
  /// What the window is called.
  package let title: String
  /// The heading of the page.
  package let heading: String
  /// Lines below the heading.
  package let introduction: [String]
  /// Pictures and tables, from top to bottom.
  package let parts: [any PagePart]
  /// What was found: what it is about, and the finding. None, and the list is left out.
  package let findings: [(name: String, text: String)]
  /// What readers should not conclude from it.
  package let caution: String?
  /// Whether it takes more of a wide screen, for parts side by side.
  package let isWide: Bool

  /// A page out of its parts.
  package init(
    title: String, heading: String, introduction: [String] = [], parts: [any PagePart],
    findings: [(name: String, text: String)] = [], caution: String? = nil, isWide: Bool = false
  ) {
    self.title = title
    self.heading = heading
    self.introduction = introduction
    self.parts = parts
    self.findings = findings
    self.caution = caution
    self.isWide = isWide
  }

  /// The whole document (HTML 5, UTF-8).
  package var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(Markup.escaped(title))</title>
    <style>
    \(PageStyle(parts, isWide: isWide).text)
    </style>
    </head>
    <body>
    <main>
    <header>
    <h1>\(Markup.escaped(heading))</h1>
    <p>\(introduction.map(Markup.escaped).joined(separator: "<br>"))</p>
    </header>
    \(parts.map(\.html).joined(separator: "\n"))
    \(list)\(caution.map { "<p class=\"caution\">\(Markup.escaped($0))</p>" } ?? "")
    </main>
    \(scripts)</body>
    </html>

    """
  }

  private var list: String {
    guard !findings.isEmpty else { return "" }
    let rows = findings.map { name, text in
      "<div><dt>\(Markup.escaped(name))</dt><dd>\(Markup.number(Markup.escaped(text)))</dd></div>\n"
    }
    return "<dl>\n\(rows.joined())</dl>\n"
  }

  private var scripts: String {
    parts.compactMap(\.script).map { "<script>\n\($0)\n</script>\n" }.joined()
  }
}
