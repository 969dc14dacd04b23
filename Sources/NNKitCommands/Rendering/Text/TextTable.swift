/// Columns of text, aligned.
struct TextTable {
  enum Alignment { case left, right }

  /// A longer cell moves the rest of its own row, and of no other.
  private static let widest = 48

  private let alignments: [Alignment]
  private var rows: [[String]]

  init(_ columns: [(title: String, alignment: Alignment)]) {
    alignments = columns.map(\.alignment)
    rows = [columns.map(\.title)]
  }

  mutating func append(_ cells: [String]) { rows.append(cells) }

  /// The lines of the table, each indented by two spaces; columns without content are left out.
  func lines(_ style: Style) -> [String] {
    let columns = alignments.indices.filter { column in rows.dropFirst().contains { !$0[column].isEmpty } }
    let lengths = rows.map { row in row.map(\.count) }
    let widths = columns.map { column in
      max(lengths[0][column], lengths.map { $0[column] }.filter { $0 <= TextTable.widest }.max() ?? 0)
    }
    return rows.enumerated().map { number, row in
      var line = " "
      for (column, width) in zip(columns, widths) {
        let padding = String(repeating: " ", count: max(0, width - lengths[number][column]))
        line += " " + (alignments[column] == .left ? row[column] + padding : padding + row[column]) + " "
      }
      while line.last == " " { line.removeLast() }
      return number == 0 ? style.dim(line) : line
    }
  }
}
