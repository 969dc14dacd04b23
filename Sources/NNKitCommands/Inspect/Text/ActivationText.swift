import Formatting
import NetworkInspection

/// What the values between the layers of a network were like on samples, as a table.
struct ActivationText {
  let report: ActivationReport
  let display: Display

  var lines: [String] {
    var table = TextTable(Self.columns)
    for row in Self.rows(report) { table.append(row) }
    return ["\(display.style.bold("Activations"))  on \(Text.counted(report.samples, "sample"))"]
      + table.lines(display.style, width: display.width)
  }

  /// What is told of a layer.
  static let columns: [TextTable.Column] = [
    .init("layer", .left, isElastic: true), .init("kind", .left, rank: 2, isElastic: true),
    .init("units", .right, rank: 1), .init("mean", .right), .init("deviation", .right), .init("zeros", .right),
    .init("never fired", .right), .init("saturated", .right),
  ]

  /// A row for each layer, with a cell for each of `columns`.
  static func rows(_ report: ActivationReport) -> [[String]] {
    report.layers.map { layer in
      [
        Text.name(layer.name), layer.kind, Text.grouped(layer.units), Text.significant(layer.mean),
        Text.significant(layer.standardDeviation), Text.percent(layer.zeroFraction),
        layer.neverFired.map { Text.grouped($0.count) } ?? "", layer.saturated.map { Text.grouped($0.count) } ?? "",
      ]
    }
  }
}
