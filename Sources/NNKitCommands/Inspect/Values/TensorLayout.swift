import Formatting
import ModelFormat
import ModelInspection

/// The values of a tensor in nested brackets, as NumPy prints arrays: of many the first and last three along each
/// dimension, unless all are asked for. Lines are written as they come about, so that a tensor of any size can be shown.
struct TensorLayout {
  /// With more elements than this, some are left out.
  static let mostElements = 1000
  /// How many are shown at each end of a dimension.
  private static let edge = 3

  let elements: TensorElements
  let isFull: Bool
  /// The columns that a line takes.
  let width: Int

  private var shape: [Int] { elements.description.shape }
  private var isElided: Bool { !isFull && elements.description.count > TensorLayout.mostElements }

  /// Calls `write` with the lines, each with its end, some at a time.
  func write(_ write: (String) throws -> Void) throws {
    guard let columns = shape.last else { return try write(try elements.texts(in: 0..<1).joined() + "\n") }
    guard elements.description.count > 0 else { return try write("[]\n") }
    var cell = 0
    try forEachRow { _, texts in cell = texts.reduce(cell) { max($0, $1?.utf8.count ?? 1) } }
    var lines = ""
    try forEachRow { place, texts in
      if place.isElision {
        lines += String(repeating: " ", count: place.opens + 1) + "…\n"
      } else {
        lines += row(texts, place, cell, columns)
      }
      if lines.utf8.count > 1 << 16 {
        try write(lines)
        lines = ""
      }
    }
    try write(lines)
  }

  /// Where a row stands among the brackets.
  private struct RowPlace {
    /// How many brackets are open already before it.
    var opens: Int
    /// How many end after it.
    var closes: Int
    /// Whether it stands for those that are left out.
    var isElision = false
  }

  private func row(_ texts: [String?], _ place: RowPlace, _ cell: Int, _ columns: Int) -> String {
    let indent = String(repeating: " ", count: place.opens) + String(repeating: "[", count: shape.count - place.opens)
    var (result, line) = ("", indent)
    for (index, text) in texts.enumerated() {
      let padded =
        text.map { String(repeating: " ", count: max(0, cell - $0.utf8.count)) + $0 } ?? "…"
      if index > 0, Text.width(line) + 1 + padded.count > width - place.closes {
        result += line + "\n"
        line = String(repeating: " ", count: shape.count)
        line += padded
      } else {
        line += (index > 0 ? " " : "") + padded
      }
    }
    return result + line + String(repeating: "]", count: place.closes) + "\n"
  }

  /// The places along a dimension that are shown; nil for those that are left out.
  private func places(_ count: Int) -> [Int?] {
    guard isElided, count > 2 * TensorLayout.edge else { return (0..<count).map { $0 } }
    return (0..<TensorLayout.edge).map { $0 } + [nil] + (count - TensorLayout.edge..<count).map { $0 }
  }

  private func forEachRow(_ body: (RowPlace, [String?]) throws -> Void) throws {
    try forEachRow(dimension: 0, start: 0, RowPlace(opens: 0, closes: shape.count), body)
  }

  private func forEachRow(
    dimension: Int, start: Int, _ place: RowPlace, _ body: (RowPlace, [String?]) throws -> Void
  ) throws {
    guard dimension < shape.count - 1 else { return try body(place, try texts(ofRowAt: start)) }
    let size = shape[(dimension + 1)...].reduce(1, &*)
    let shown = places(shape[dimension])
    for (number, index) in shown.enumerated() {
      var inner = place
      if number > 0 { inner.opens = dimension + 1 }
      inner.closes = number == shown.count - 1 ? place.closes : shape.count - dimension - 1
      guard let index else {
        inner.isElision = true
        inner.opens = dimension
        try body(inner, [])
        continue
      }
      try forEachRow(dimension: dimension + 1, start: start + index * size, inner, body)
    }
  }

  private func texts(ofRowAt start: Int) throws -> [String?] {
    let columns = shape[shape.count - 1]
    guard isElided, columns > 2 * TensorLayout.edge else { return try elements.texts(in: start..<start + columns) }
    return try elements.texts(in: start..<start + TensorLayout.edge) + [nil]
      + elements.texts(in: start + columns - TensorLayout.edge..<start + columns)
  }
}
