import Formatting

/// Columns of text that fit a width: names give up their middle, and then columns that say least are left out.
struct FittedTable {
  struct Column {
    let title: String
    let alignment: TextTable.Alignment
    /// Which columns are left out first, from the greatest on; 0 for those that stay.
    let rank: Int
    /// Whether its cells may lose their middle.
    let isElastic: Bool

    init(_ title: String, _ alignment: TextTable.Alignment = .left, rank: Int = 0, isElastic: Bool = false) {
      self.title = title
      self.alignment = alignment
      self.rank = rank
      self.isElastic = isElastic
    }
  }

  /// What is left of a name at least.
  private static let leastLength = 16

  private let columns: [Column]
  private var rows: [(cells: [String], paint: (String) -> String)] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// - Parameter paint: the emphasis of the row.
  mutating func append(_ cells: [String], paint: @escaping (String) -> String = { $0 }) { rows.append((cells, paint)) }

  /// The lines, each indented by two spaces; columns without content are left out.
  ///
  /// - Parameter width: how long a line may be; nil for any length.
  func lines(_ style: Style, width: Int?) -> [String] {
    var shown = columns.indices.filter { column in rows.contains { !$0.cells[column].isEmpty } }
    var lengths = columns.indices.map { column in
      rows.reduce(columns[column].title.count) { max($0, $1.cells[column].count) }
    }
    if let width { fit(&shown, &lengths, width) }
    var table = TextTable(shown.map { (columns[$0].title, columns[$0].alignment) })
    for row in rows {
      table.append(shown.map { FittedTable.elided(row.cells[$0], to: width == nil ? .max : lengths[$0]) })
    }
    let lines = table.lines(style)
    return zip(lines.indices, lines).map { $0 == 0 ? $1 : rows[$0 - 1].paint($1) }
  }

  private func fit(_ shown: inout [Int], _ lengths: inout [Int], _ width: Int) {
    func total(_ least: Bool) -> Int {
      shown.reduce(0) { sum, column in
        sum + 2
          + (least && columns[column].isElastic ? min(lengths[column], FittedTable.leastLength) : lengths[column])
      }
    }
    while total(true) > width,
      let last = shown.filter({ columns[$0].rank > 0 }).max(by: { columns[$0].rank < columns[$1].rank })
    {
      shown.removeAll { $0 == last }
    }
    // The longest gives way first.
    while total(false) > width {
      guard
        let longest = shown.filter({ columns[$0].isElastic && lengths[$0] > FittedTable.leastLength })
          .max(by: { lengths[$0] < lengths[$1] })
      else { return }
      let next = shown.filter { columns[$0].isElastic && lengths[$0] < lengths[longest] }.map { lengths[$0] }.max() ?? 0
      lengths[longest] -= min(total(false) - width, max(1, lengths[longest] - max(next, FittedTable.leastLength)))
    }
  }

  /// A name from a file, escaped; of one that is longer than any table the beginning and the end.
  static func name(_ text: String) -> String { elided(Text.escaped(text), to: 160) }

  /// A text with an ellipsis for its middle.
  static func elided(_ text: String, to length: Int) -> String {
    guard text.count > length, length > 1 else { return text }
    return text.prefix(length / 2) + "…" + text.suffix(length - length / 2 - 1)
  }

  /// A text in lines of at most this many characters, broken between words.
  static func wrapped(_ text: String, width: Int?, indent: String, first: String) -> [String] {
    guard let width else { return [first + text] }
    var lines: [String] = []
    var line = first
    var isEmpty = true
    // A percent sign stays with its number.
    for word in text.replacing(" %", with: "\u{a0}%").split(separator: " ") {
      let word = elided(String(word.replacing("\u{a0}%", with: " %")), to: max(8, width - indent.count))
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        (line, isEmpty) = (indent, true)
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return lines + [line]
  }
}
