import Formatting
import ModelFormat

/// A curve drawn with Braille characters, each of which holds 2 × 4 dots, between labelled axes; perhaps with the points
/// of another one.
struct LineChart {
  /// A point of the other curve.
  struct Mark {
    /// From 0 at the left to 1 at the right.
    let place: Double
    let height: Double
  }

  /// The heights of the points, from left to right at equal distances. Those that are not finite leave a gap.
  let values: [Double]
  /// Points of another curve, each shown as ×. Those that are not finite are left out.
  var marks: [Mark] = []
  /// A place to point at from below, from 0 at the left to 1 at the right.
  var pointer: Double?
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
    let extents = [values, marks.map(\.height)].compactMap(\.finiteExtent)
    guard let highest = extents.map(\.upperBound).max(), let lowest = extents.map(\.lowerBound).min(), hasTwoPoints
    else {
      return []
    }
    let low = min(lowest, 0)
    let range = highest - low
    guard range > 0, range.isFinite else { return [] }
    func level(_ value: Double, _ count: Int) -> Int { Int((((value - low) / range) * Double(count - 1)).rounded()) }
    let dots = dots { level($0, 4 * height) }
    var crosses: Set<Int> = []
    for mark in marks where mark.height.isFinite {
      crosses.insert((height - 1 - level(mark.height, 4 * height) / 4) * width + column(mark.place))
    }
    let labels = [highest, low + range / 2, low].map { Text.significant($0, 3) }
    let margin = labels.map(\.count).max() ?? 0
    var lines = (0..<height).map { row in
      let label = row == 0 ? labels[0] : row == height / 2 ? labels[1] : row == height - 1 ? labels[2] : ""
      let cells = String(
        (0..<width).map { column in
          crosses.contains(row * width + column) ? "×" : LineChart.character(dots[row * width + column])
        })
      return "  " + padded(label, margin) + (label.isEmpty ? " │" : " ┤") + LineChart.trimmed(cells)
    }
    let axis = (0..<width).map { $0 == pointer.map(column) ? "▲" : "─" }.joined()
    lines.append("  " + padded("", margin) + " └" + axis)
    let gap = max(2, width - ends.left.count - ends.right.count - title.count)
    let spaces = (String(repeating: " ", count: gap / 2), String(repeating: " ", count: gap - gap / 2))
    lines.append("  " + padded("", margin + 2) + ends.left + spaces.0 + title + spaces.1 + ends.right)
    return lines
  }

  private var hasTwoPoints: Bool {
    values.lazy.filter(\.isFinite).prefix(2).count + marks.lazy.filter(\.height.isFinite).prefix(2).count > 1
  }

  private func column(_ place: Double) -> Int { Int((min(max(place, 0), 1) * Double(width - 1)).rounded()) }

  /// The bits of each character, row by row from the top. Neighbouring points are joined.
  private func dots(_ level: (Double) -> Int) -> [UInt8] {
    var dots = [UInt8](repeating: 0, count: width * height)
    let columns = 2 * width
    var previous: Int?
    for column in values.count > 1 ? 0..<columns : 0..<0 {
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
