import Formatting
import ModelFormat
import NetworkRuns
import Pages

/// Loss and accuracy of several models: of one run once, and of several runs in one picture.
struct SeriesCurves {
  private static let mostRuns = 6

  let series: ModelSeries

  var section: PageSection? {
    let runs = runs
    guard let longest = runs.first else { return nil }
    if runs.count == 1 { return TrainingCurves(longest.history, longest.metadata).section }
    let charts: [any PagePart] = [
      chart([.validationLoss, .testLoss, .loss], runs),
      chart([.validationAccuracy, .testAccuracy, .accuracy], runs),
    ].compactMap(\.self)
    guard !charts.isEmpty else { return nil }
    let count = runs.count > Self.mostRuns ? ", the best \(Self.mostRuns) of them" : ""
    return PageSection("Training", lead: Text.counted(runs.count, "run") + count, charts)
  }

  /// The members whose history does not go on in that of another one: one for each run, the best first.
  private var runs: [ModelSeries.Member] {
    var runs: [ModelSeries.Member] = []
    let longestFirst = series.members.sorted { $0.history.epochs > $1.history.epochs }
    for member in longestFirst where member.history.epochs > 0 {
      guard runs.count < 64, !runs.contains(where: { member.history.isBeginning(of: $0.history) }) else { continue }
      runs.append(member)
    }
    let paths = Set(runs.map(\.path))
    return series.ranked.filter { paths.contains($0.path) }
  }

  /// The first of the columns that every run has measured.
  private func chart(_ columns: [HistoryColumn], _ runs: [ModelSeries.Member]) -> CurveChart? {
    let column = columns.first { column in
      runs.allSatisfy { $0.history[column]?.contains(where: \.isFinite) == true }
    }
    guard let column else { return nil }
    return CurveChart(
      title: column.words,
      runs.prefix(Self.mostRuns).map { .init(Text.elided(Text.short($0.path), to: 40), $0.history[column] ?? []) },
      name: "epoch")
  }
}

extension TrainingHistory {
  /// Whether another history has the same losses in the epochs of this one, and perhaps more of them.
  fileprivate func isBeginning(of other: TrainingHistory) -> Bool {
    guard epochs <= other.epochs, let own = self[HistoryColumn.loss], let others = other[HistoryColumn.loss] else {
      return false
    }
    return zip(own, others).allSatisfy { $0.bitPattern == $1.bitPattern }
  }
}
