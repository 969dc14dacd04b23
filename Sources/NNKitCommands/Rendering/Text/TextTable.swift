import Formatting

/// Columns of text, aligned.
struct TextTable {
  enum Alignment { case left, right }

  struct Column {
    let title: String
    let alignment: Alignment
    /// Where there is too little room, columns of a higher rank go first; those of rank 0 stay.
    let rank: Int
    /// Whether long cells may lose their middle.
    let isElastic: Bool

    init(_ title: String, _ alignment: Alignment = .left, rank: Int = 0, isElastic: Bool = false) {
      self.title = title
      self.alignment = alignment
      self.rank = rank
      self.isElastic = isElastic
    }
  }

  /// A longer cell moves the rest of its own row, and of no other.
  private static let widest = 48
  /// What is left of an elastic cell while there are columns to leave out, and at least.
  private static let (narrow, narrowest) = (24, 12)

  private let columns: [Column]
  private var rows: [[String]]
  /// The emphasis of each row.
  private var paints: [(String) -> String] = [{ $0 }]

  init(_ columns: [Column]) {
    self.columns = columns
    rows = [columns.map(\.title)]
  }

  init(_ columns: [(title: String, alignment: Alignment)]) {
    self.init(columns.map { Column($0.title, $0.alignment) })
  }

  /// - Parameter paint: the emphasis of the whole row.
  mutating func append(_ cells: [String], paint: @escaping (String) -> String = { $0 }) {
    rows.append(cells)
    paints.append(paint)
  }

  /// The lines of the table, each indented by two spaces; columns without content are left out. Below a table that has
  /// columns which the width has no room for stands which they are, and what shows them.
  ///
  /// - Parameters:
  ///   - width: the columns of the terminal, which decide what is shown; nil where everything is.
  ///   - form: an option that shows all columns too.
  func lines(_ style: Style, width: Int? = nil, orWith form: String? = nil) -> [String] {
    let (rows, shown, lengths) = fitted(width)
    let widths = shown.map { column in width == nil ? common(lengths, column) : longest(lengths, column) }
    let table = rows.enumerated().map { number, row in
      var line = " "
      for (column, width) in zip(shown, widths) {
        let padding = String(repeating: " ", count: max(0, width - lengths[number][column]))
        line += " " + (columns[column].alignment == .left ? row[column] + padding : padding + row[column]) + " "
      }
      while line.last == " " { line.removeLast() }
      return number == 0 ? style.dim(line) : paints[number](line)
    }
    return table + remark(columnsWithContent.filter { !shown.contains($0) }, width, form).map(style.dim)
  }

  /// Which columns a width has no room for, and what shows them.
  private func remark(_ hidden: [Int], _ width: Int?, _ form: String?) -> [String] {
    guard !hidden.isEmpty else { return [] }
    let names = hidden.map { columns[$0].title }.filter { !$0.isEmpty }
    let list = names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
    let ways = ["a wider terminal", "a pipe"] + (form.map { [$0] } ?? [])
    let pronoun = hidden.count == 1 ? "it" : "them"
    return Text.wrapped(
      "\(Text.counted(hidden.count, "column")) left out\(list): \(Text.alternatives(ways)) shows \(pronoun)", to: width,
      first: "  ")
  }

  private var columnsWithContent: [Int] {
    columns.indices.filter { column in rows.dropFirst().contains { !$0[column].isEmpty } }
  }

  /// The cells as they are shown, the columns that are, and the widths of all cells.
  private func fitted(_ width: Int?) -> (rows: [[String]], shown: [Int], lengths: [[Int]]) {
    var rows = rows
    var shown = columnsWithContent
    var lengths = rows.map { row in row.map(Text.width) }
    if let width { fit(&rows, &shown, &lengths, into: width) }
    return (rows, shown, lengths)
  }

  private func common(_ lengths: [[Int]], _ column: Int) -> Int {
    lengths.reduce(lengths[0][column]) { $1[column] > TextTable.widest ? $0 : max($0, $1[column]) }
  }

  private func longest(_ lengths: [[Int]], _ column: Int) -> Int { lengths.reduce(0) { max($0, $1[column]) } }

  /// Makes cells of elastic columns shorter, and leaves columns out where that is not enough.
  private func fit(_ rows: inout [[String]], _ shown: inout [Int], _ lengths: inout [[Int]], into width: Int) {
    // Two columns after each cell, the last one aside, and two before the first.
    func needed(_ shown: [Int], _ cell: (Int) -> Int) -> Int { shown.reduce(0) { $0 + cell($1) + 2 } }
    let natural = columns.indices.map { longest(lengths, $0) }
    func least(_ limit: Int) -> [Int] {
      columns.indices.map { columns[$0].isElastic ? min(natural[$0], limit) : natural[$0] }
    }
    let comfortable = least(TextTable.narrow)
    while needed(shown, { comfortable[$0] }) > width,
      let last = shown.filter({ columns[$0].rank > 0 }).max(by: { (columns[$0].rank, $0) < (columns[$1].rank, $1) })
    {
      shown.removeAll { $0 == last }
    }
    let least = least(TextTable.narrowest)
    var room = width - needed(shown, { least[$0] })
    for column in shown where columns[column].isElastic {
      let allowed = least[column] + max(0, min(room, natural[column] - least[column]))
      room -= allowed - least[column]
      for row in rows.indices where lengths[row][column] > allowed {
        rows[row][column] = Text.elided(rows[row][column], to: allowed)
        lengths[row][column] = Text.width(rows[row][column])
      }
    }
  }
}
