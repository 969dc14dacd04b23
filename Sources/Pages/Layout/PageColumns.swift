/// Cells side by side where there is room for it, and below one another on narrow screens. A cell holds parts below one
/// another.
package struct PageColumns: PagePart {
  private let cells: [[any PagePart]]

  package init(_ cells: [[any PagePart]]) { self.cells = cells }

  package var html: String {
    let cells = cells.map { "<div class=\"cell\">\n\($0.map(\.html).joined(separator: "\n"))\n</div>" }
    return "<div class=\"columns\">\n\(cells.joined(separator: "\n"))\n</div>"
  }

  package var styles: [PartStyle] {
    [
      PartStyle(
        rules: """
          .columns { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 310px), 1fr));
            gap: 26px 36px; margin: 18px 0 0; }
          .columns .cell { min-width: 0; }
          .columns .cell > :first-child { margin-top: 0; }
          """)
    ] + cells.joined().flatMap(\.styles)
  }

  package var script: String? { PageColumns.script(of: Array(cells.joined())) }

  /// What the scripts of several parts are together; nil if none has one.
  static func script(of parts: [any PagePart]) -> String? {
    let scripts = parts.compactMap(\.script)
    return scripts.isEmpty ? nil : scripts.joined(separator: "\n")
  }
}
