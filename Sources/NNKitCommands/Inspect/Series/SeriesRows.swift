import BinaryIO
import Formatting
import ModelFormat
import ModelInspection
import NetworkRuns
import NeuralNetwork

/// Several models as rows, the best first: what each reached, and the settings in which they differ.
struct SeriesRows {
  /// A column.
  struct Column {
    let title: String
    var isNumber = false
    /// Where there is no room for all columns those of a higher rank go first.
    var rank = 0
    /// Whether long texts may be shortened.
    var isElastic = false
  }

  let columns: [Column]
  let rows: [[String]]
  /// Whether a member cannot be told from the best one.
  let hasEquals: Bool
  /// What accuracy and loss were measured on, as in ` by test accuracy`; empty where that is not the same for all.
  let measure: String

  static let explanation =
    "≈ the first: each accuracy lies in the interval of the other, so that the data show no difference"

  init(_ series: ModelSeries) {
    let settings = series.differingSettings
    let isOneArchitecture = series.haveOneArchitecture
    var columns = [
      Column(title: "file", isElastic: true), Column(title: "accuracy", isNumber: true),
      Column(title: "95 % interval", isNumber: true, rank: 2), Column(title: "", rank: 3),
      Column(title: "loss", isNumber: true), Column(title: "epoch", isNumber: true),
      Column(title: "best", isNumber: true, rank: 4), Column(title: "parameters", isNumber: true, rank: 5),
    ]
    if !isOneArchitecture { columns.append(Column(title: "layers", rank: 7, isElastic: true)) }
    columns += settings.map { Column(title: Text.short(RunMetadata.shortened($0)), rank: 6, isElastic: true) }
    let ranked = series.ranked
    rows = ranked.enumerated().map { place, member in
      let (summary, accuracy) = (member.summary, member.summary.accuracy)
      let interval = accuracy?.interval.map { "\(Text.percent($0.lower)) to \(Text.percent($0.upper))" }
      let epoch = member.epoch.map { "\(Text.grouped($0)) of \(Text.grouped(summary.epochs))" }
      var cells: [String] = [Text.escaped(member.path), accuracy.map { Text.percent($0.value) } ?? "", interval ?? ""]
      cells.append(place > 0 && series.isLikeBest(member) == true ? "≈ the first" : "")
      cells += [member.loss.map { Text.loss($0.value) } ?? "", epoch ?? ""]
      cells += [summary.bestEpoch.map(Text.grouped) ?? "", Text.grouped(member.parameters)]
      if !isOneArchitecture { cells.append(member.architecture) }
      return cells + settings.map { name in member.metadata[name].map { Text.short($0.text) } ?? "" }
    }
    hasEquals = ranked.dropFirst().contains { series.isLikeBest($0) == true }
    self.columns = columns
    measure = Self.measure(series)
  }

  private static func measure(_ series: ModelSeries) -> String {
    let columns = Set(series.members.compactMap { $0.summary.accuracy?.column ?? $0.loss?.column })
    guard columns.count == 1, let column = columns.first else { return "" }
    return " by " + column.words
  }
}
