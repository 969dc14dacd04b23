import Formatting

/// A curve drawn with Braille characters, each of which holds 2 × 4 dots, between labelled axes.
struct LineChart {
  /// The heights of the points, from left to right at equal distances. Those that are not finite leave a gap.
  let values: [Double]
  /// What is at the left and the right end of the horizontal axis.
  let ends: (left: String, right: String)
  /// What the horizontal axis counts.
  let title: String
  /// The size of the drawing in characters, without labels; at least 2 × 1.
  var width = 60
  var height = 10

  /// The lines, each indented by two spaces; none without two points that are finite.
  ///
  /// The vertical axis begins at 0 unless a value lies below.
  var lines: [String] {
    let finite = values.filter(\.isFinite)
    guard finite.count > 1, let highest = finite.max(), let lowest = finite.min() else { return [] }
    let low = min(lowest, 0)
    let range = highest - low
    guard range > 0, range.isFinite else { return [] }
    let dots = dots { Int(((($0 - low) / range) * Double(4 * height - 1)).rounded()) }
    let labels = [highest, low + range / 2, low].map { Text.significant($0, 3) }
    let margin = labels.map(\.count).max() ?? 0
    var lines = (0..<height).map { row in
      let label = row == 0 ? labels[0] : row == height / 2 ? labels[1] : row == height - 1 ? labels[2] : ""
      let cells = String(
        (0..<width).map { column in LineChart.character(dots[row * width + column]) })
      return "  " + padded(label, margin) + (label.isEmpty ? " │" : " ┤") + LineChart.trimmed(cells)
    }
    lines.append("  " + padded("", margin) + " └" + String(repeating: "─", count: width))
    let gap = max(2, width - ends.left.count - ends.right.count - title.count)
    let spaces = (String(repeating: " ", count: gap / 2), String(repeating: " ", count: gap - gap / 2))
    lines.append("  " + padded("", margin + 2) + ends.left + spaces.0 + title + spaces.1 + ends.right)
    return lines
  }

  /// The bits of each character, row by row from the top. Neighbouring points are joined.
  private func dots(_ level: (Double) -> Int) -> [UInt8] {
    var dots = [UInt8](repeating: 0, count: width * height)
    let columns = 2 * width
    var previous: Int?
    for column in 0..<columns {
      // The curve at the middle of this column of dots, between the two points next to it.
      let place = Double(column) / Double(columns - 1) * Double(values.count - 1)
      let (index, part) = (Int(place), place - place.rounded(.down))
      let value = part == 0 ? values[index] : values[index] * (1 - part) + values[index + 1] * part
      guard value.isFinite else {
        previous = nil
        continue
      }
      let here = level(value)
      let from = previous.map { $0 < here ? $0 + 1 : $0 > here ? $0 - 1 : here } ?? here
      for y in min(from, here)...max(from, here) {
        let row = height - 1 - y / 4
        dots[row * width + column / 2] |= LineChart.bit(column % 2, 3 - y % 4)
      }
      previous = here
    }
    return dots
  }

  /// The bit of the dot in a column (0, 1) and a row (0 to 3, from the top) of a Braille character (Unicode 2800–28FF).
  private static func bit(_ column: Int, _ row: Int) -> UInt8 {
    row == 3 ? (column == 0 ? 0x40 : 0x80) : 1 << UInt8(truncatingIfNeeded: row + 3 * column)
  }

  private static func character(_ bits: UInt8) -> Character {
    bits == 0 ? " " : Character(Unicode.Scalar(UInt16(0x2800) + UInt16(bits)) ?? " ")
  }

  private static func trimmed(_ text: String) -> Substring {
    text.prefix(upTo: text.lastIndex { $0 != " " }.map(text.index(after:)) ?? text.startIndex)
  }

  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
