import Formatting
import ModelFormat
import NetworkRuns
import Pages

/// Loss and accuracy over the epochs, with the best epoch and that of the weights.
struct TrainingCurves {
  private let history: TrainingHistory
  private let summary: RunSummary
  private let fine: LossCurve?

  init(_ history: TrainingHistory, _ metadata: Attributes) {
    self.history = history
    summary = RunSummary(history: history, metadata: metadata)
    fine = LossCurve(RunMetadata(metadata))
  }

  var section: PageSection? {
    let charts = charts
    guard !charts.isEmpty else { return nil }
    return PageSection("Training", lead: Text.counted(history.epochs, "epoch"), charts)
  }

  private var charts: [any PagePart] {
    var charts: [any PagePart] = [
      chart("Loss", [(.loss, "training"), (.validationLoss, "validation"), (.testLoss, "test")]),
      chart("Accuracy", [(.accuracy, "training"), (.validationAccuracy, "validation"), (.testAccuracy, "test")]),
    ].compactMap(\.self)
    if let fine, fine.values.count > 1 {
      let name = fine.interval > 1 ? "training, means of \(Text.grouped(fine.interval))" : "training"
      charts.append(
        CurveChart(
          title: "Loss by mini-batches", [.init(name, fine.values)], name: "mini-batches",
          first: Double(fine.interval), step: Double(fine.interval)))
    }
    return charts
  }

  private func chart(_ title: String, _ columns: [(HistoryColumn, String)]) -> CurveChart? {
    let measured = columns.compactMap { column, name in
      history[column].flatMap { $0.contains(where: \.isFinite) ? (column: column, name: name, values: $0) : nil }
    }
    guard !measured.isEmpty else { return nil }
    // The best epoch was found by one of the curves; the other chart has it on the curve of the same data.
    let judged = measured.firstIndex { $0.column == summary.bestColumn } ?? measured.count - 1
    var marks: [CurveChart.Mark] = []
    if let best = summary.bestEpoch {
      let isOfWeights = summary.weightsEpoch == best
      marks.append(
        .init(
          series: judged, index: best - 1, note: "best epoch \(best)\(isOfWeights ? ", and that of the weights" : "")"))
    }
    if let epoch = summary.weightsEpoch, epoch > 0, epoch != summary.bestEpoch {
      marks.append(.init(series: judged, index: epoch - 1, note: "weights of epoch \(epoch)"))
    }
    return CurveChart(title: title, measured.map { .init($0.name, $0.values) }, name: "epoch", marks: marks)
  }
}
