import Formatting
import ModelFormat
import NetworkRuns
import Pages

/// Loss and accuracy of two runs in one picture each.
struct DifferenceCurves {
  let left: ModelSeries.Member
  let right: ModelSeries.Member

  var section: PageSection? {
    let charts: [any PagePart] = [
      chart("Loss", [(.loss, "training"), (.validationLoss, "validation"), (.testLoss, "test")]),
      chart("Accuracy", [(.accuracy, "training"), (.validationAccuracy, "validation"), (.testAccuracy, "test")]),
    ].compactMap(\.self)
    guard !charts.isEmpty else { return nil }
    let isOneRun = left.history == right.history
    return PageSection(
      "Training", lead: isOneRun ? "Both have the same history, so that the curves lie on one another." : "", charts)
  }

  private func chart(_ title: String, _ columns: [(HistoryColumn, String)]) -> CurveChart? {
    var curves: [CurveChart.Series] = []
    var marks: [CurveChart.Mark] = []
    for (side, member) in [("left", left), ("right", right)] {
      for (column, name) in columns {
        guard let values = member.history[column], values.contains(where: \.isFinite) else { continue }
        curves.append(.init("\(side), \(name)", values))
      }
      if let epoch = member.epoch, epoch > 0, let last = curves.indices.last, curves[last].name.hasPrefix(side) {
        marks.append(.init(series: last, index: epoch - 1, note: "\(side) weights, epoch \(epoch)"))
      }
    }
    return curves.isEmpty ? nil : CurveChart(title: title, curves, name: "epoch", marks: marks)
  }
}
