/// Rows of texts in columns. Where the page is too narrow for it the table alone moves sideways, or texts go on in
/// another line.
package struct PageTable: PagePart {
  /// A column.
  package struct Column: Sendable {
    /// On which side texts are.
    package enum Alignment: Sendable { case left, right }

    let title: String
    let alignment: Alignment

    package init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  private let title: String
  private let columns: [Column]
  private let rows: [[String]]
  private let isWrapped: Bool

  /// - Parameters:
  ///   - title: Stands above it; empty for none.
  ///   - rows: A text for each column; columns without any are left out.
  ///   - isWrapped: Whether texts are broken so that the whole table is within the page, as for few columns of words.
  package init(title: String, _ columns: [Column], rows: [[String]], isWrapped: Bool = false) {
    self.title = title
    self.isWrapped = isWrapped
    let used = columns.indices.filter { column in rows.contains { $0.indices.contains(column) && !$0[column].isEmpty } }
    self.columns = used.map { columns[$0] }
    self.rows = rows.map { row in used.map { row.indices.contains($0) ? row[$0] : "" } }
  }

  package var html: String {
    let head = columns.map { "<th scope=\"col\"\(side($0))>\(Markup.escaped($0.title))</th>" }
    let lines = rows.map { row in
      let cells = zip(columns, row).map { "<td\(side($0))>\(Markup.number(Markup.escaped($1)))</td>" }
      return "<tr>\(cells.joined())</tr>"
    }
    return """
      <figure class="sheet\(isWrapped ? " wrapped" : "")">
      <table>
      \(title.isEmpty ? "" : "<caption>\(Markup.escaped(title))</caption>\n")\
      <tr>\(head.joined())</tr>
      \(lines.joined(separator: "\n"))
      </table>
      </figure>
      """
  }

  package var styles: [PartStyle] { [Self.style] }

  private func side(_ column: Column) -> String { column.alignment == .right ? " class=\"right\"" : "" }

  /// A shade at the right edge says that there is more; at the end of the way the ground that moves with the table lies
  /// over it.
  static let style = PartStyle(
    light: "--edge: rgba(0, 0, 0, 0.22);", dark: "--edge: rgba(255, 255, 255, 0.22);",
    rules: """
      .sheet { overflow-x: auto; background:
        linear-gradient(to left, var(--page) 50%, transparent) right / 36px 100% no-repeat local,
        linear-gradient(to left, var(--edge), transparent) right / 12px 100% no-repeat scroll; }
      .sheet table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      .sheet caption { text-align: left; font-weight: 600; padding: 0 0 6px; }
      .sheet th { color: var(--soft); font-weight: 400; text-align: left; }
      .sheet th, .sheet td { padding: 5px 18px 5px 0; border-bottom: 1px solid var(--rule); white-space: nowrap; }
      .sheet .right { text-align: right; }
      .sheet.wrapped th, .sheet.wrapped td { white-space: normal; overflow-wrap: anywhere; vertical-align: top; }
      .sheet.wrapped td:first-child { overflow-wrap: break-word; }
      """)
}
