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
    return PageSection("Training", lead: isOneRun ? "Both have the same history." : "", charts)
  }

  /// Two models of one run, or copies of each other, have their curves once.
  private var isOneRun: Bool { left.history == right.history }

  private func chart(_ title: String, _ columns: [(HistoryColumn, String)]) -> CurveChart? {
    var curves: [CurveChart.Series] = []
    var marks: [CurveChart.Mark] = []
    for (side, member) in [("left", left), ("right", right)] {
      let known = curves.count
      if curves.isEmpty || !isOneRun {
        for (column, name) in columns {
          guard let values = member.history[column], values.contains(where: \.isFinite) else { continue }
          curves.append(.init(isOneRun ? name : "\(side), \(name)", values))
        }
      }
      if let epoch = member.epoch, epoch > 0, !curves.isEmpty, isOneRun || curves.count > known {
        marks.append(.init(series: curves.count - 1, index: epoch - 1, note: "\(side) weights, epoch \(epoch)"))
      }
    }
    return curves.isEmpty ? nil : CurveChart(title: title, curves, name: "epoch", marks: marks)
  }
}
