import Formatting
import ModelFormat
import NetworkRuns
import NeuralNetwork

/// A training run: what was measured, the epoch that was best, and curves of loss and accuracy.
struct HistoryText {
  let history: TrainingHistory
  let metadata: RunMetadata
  let summary: RunSummary
  let display: Display

  init(_ history: TrainingHistory, _ metadata: Attributes, _ display: Display) {
    self.history = history
    self.metadata = RunMetadata(metadata)
    self.display = display
    summary = RunSummary(history: history, metadata: metadata)
  }

  private var style: Style { display.style }

  private var facts: [String] {
    HistoryFacts(history: history, summary: summary).sentences
      .flatMap { Text.wrapped($0, to: display.width, first: "  ") }
  }

  var lines: [String] {
    guard history.epochs > 0 else { return [] }
    var table = TextTable([
      .init("series", .left, isElastic: true), .init("first", .right, rank: 1), .init("last", .right),
      .init("minimum", .right, rank: 2), .init("maximum", .right, rank: 2), .init("", .left, rank: 3),
    ])
    for column in history.columns {
      let finite = column.values.finiteExtent
      table.append([
        Text.short(column.name), Text.number(column.values.first), Text.number(column.values.last),
        Text.number(finite?.lowerBound), Text.number(finite?.upperBound),
        finite?.lowerBound == finite?.upperBound ? "" : Sparkline.series(column.values, width: 40),
      ])
    }
    let title = "\(style.bold("History"))  \(Text.counted(history.epochs, "epoch"))"
    return [title] + facts + table.lines(style, width: display.width) + charts
  }

  private var charts: [String] {
    let loss = chart(.loss, [.validationLoss, .testLoss], "loss", LossCurve(metadata))
    let accuracy = chart(.accuracy, [.validationAccuracy, .testAccuracy], "accuracy", nil)
    return loss + accuracy
  }

  /// A curve of the training data, with points of other data where there are some.
  ///
  /// - Parameter fine: the same curve by mini-batches, for runs of few epochs.
  private func chart(
    _ column: HistoryColumn, _ others: [HistoryColumn], _ name: String, _ fine: LossCurve?
  ) -> [String] {
    let epochs = history.epochs
    let other = others.first { history[$0]?.contains(where: \.isFinite) == true }
    // Mini-batches begin at 0, epochs are measured at their ends.
    let isFine = fine.map { $0.values.count > 1 } ?? false
    func place(_ epoch: Int) -> Double {
      isFine ? Double(epoch) / Double(epochs) : epochs > 1 ? Double(epoch - 1) / Double(epochs - 1) : 0
    }
    let curve = isFine ? fine?.values ?? [] : history[column] ?? []
    let width = min(60, max(20, (display.width ?? 80) - 16))
    // No more marks than columns.
    let step = max(1, epochs / max(1, width / 2))
    let marks = other.flatMap { history[$0] }.map { values in
      stride(from: epochs, to: 0, by: -step).map { LineChart.Mark(place: place($0), height: values[$0 - 1]) }
    }
    let chart = LineChart(
      values: curve, marks: marks ?? [], pointer: summary.bestEpoch.map(place),
      ends: (isFine ? "0" : "1", Text.grouped(epochs)), title: "epochs", width: width, height: 8)
    let lines = chart.lines
    guard !lines.isEmpty else { return [] }
    var legend = [name]
    if let other {
      if !curve.isEmpty { legend.append("curve: training\(isFine ? ", by mini-batches" : "")") }
      legend.append("×: \(other.words)")
    }
    if let best = summary.bestEpoch { legend.append("▲: best epoch \(Text.grouped(best))") }
    return [""] + Text.wrapped(legend.joined(separator: "  "), to: display.width, first: "  ") + lines
  }
}
