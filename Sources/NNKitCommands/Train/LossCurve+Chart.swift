import Formatting
import NetworkRuns

extension LossCurve {
  /// The curve as a drawing; no lines for fewer than two points.
  ///
  /// - Parameter terminalWidth: the columns that the drawing and its labels may take; nil for as many as they like.
  func chart(terminalWidth: Int? = nil) -> [String] {
    let (first, last) = (Text.grouped(interval), Text.grouped(interval * values.count))
    return LineChart(
      values: values, ends: (first, last), title: "mini-batches",
      width: min(60, max(20, (terminalWidth ?? 80) - 16))
    ).lines
  }
}
