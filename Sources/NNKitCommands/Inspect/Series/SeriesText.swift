import BinaryIO
import Formatting
import ModelFormat
import ModelInspection
import NetworkRuns
import NeuralNetwork

/// Several models as text for people: a row each, the best first, then what changed over them.
struct SeriesText {
  let series: ModelSeries
  let display: Display

  private var style: Style { display.style }

  var text: String {
    let parts = [rows, changes]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var rows: [String] {
    let settings = series.differingSettings
    let isOneArchitecture = series.haveOneArchitecture
    var columns: [TextTable.Column] = [
      .init("file", .left, isElastic: true), .init("accuracy", .right), .init("95 % interval", .right, rank: 2),
      .init("", .left, rank: 3), .init("loss", .right), .init("epoch", .right), .init("best", .right, rank: 4),
      .init("parameters", .right, rank: 5),
    ]
    if !isOneArchitecture { columns.append(.init("layers", .left, rank: 7, isElastic: true)) }
    columns += settings.map { .init(Text.short(shortened($0)), .left, rank: 6, isElastic: true) }
    var table = TextTable(columns)
    let ranked = series.ranked
    for (place, member) in ranked.enumerated() {
      let (summary, accuracy) = (member.summary, member.summary.accuracy)
      let interval = accuracy?.interval.map { "\(Text.percent($0.lower)) to \(Text.percent($0.upper))" }
      let epoch = member.epoch.map { "\(Text.grouped($0)) of \(Text.grouped(summary.epochs))" }
      var cells: [String] = [Text.escaped(member.path), accuracy.map { Text.percent($0.value) } ?? "", interval ?? ""]
      cells.append(place > 0 && series.isLikeBest(member) == true ? "≈ the first" : "")
      cells += [member.loss.map { Text.loss($0.value) } ?? "", epoch ?? ""]
      cells += [summary.bestEpoch.map(Text.grouped) ?? "", Text.grouped(member.parameters)]
      if !isOneArchitecture { cells.append(member.architecture) }
      cells += settings.map { name in member.metadata[name].map { Text.short($0.text) } ?? "" }
      table.append(cells)
    }
    var lines = ["\(style.bold("Models"))  \(Text.grouped(ranked.count)), the best first\(measure)"]
    lines += table.lines(style, width: display.width)
    if ranked.dropFirst().contains(where: { series.isLikeBest($0) == true }) {
      lines += Text.wrapped(
        "≈ the first: each accuracy lies in the interval of the other, so that the data show no difference",
        to: display.width, first: "  ")
    }
    return lines
  }

  /// What accuracy and loss were measured on.
  private var measure: String {
    let columns = Set(series.members.compactMap { $0.summary.accuracy?.column.rawValue ?? $0.loss?.column.rawValue })
    guard columns.count == 1, let column = columns.first else { return "" }
    return " by " + column.split(separator: "_").joined(separator: " ")
  }

  /// `learning_rate` for `training.learning_rate`.
  private func shortened(_ name: String) -> String {
    name.utf8.starts(with: "training.".utf8) ? String(decoding: name.utf8.dropFirst(9), as: UTF8.self) : name
  }

  /// Norms and changes over the models, in the order in which they were given.
  private var changes: [String] {
    guard series.haveAllTensorsAlike else { return [] }
    var table = TextTable([
      .init("tensor", .left, isElastic: true), .init("L2 norm", .right), .init("", .left, rank: 1),
      .init("relative change", .right), .init("", .left, rank: 2), .init("deviation", .right, rank: 3),
      .init("zeros", .right, rank: 4),
    ])
    for tensor in series.tensors {
      let (norms, changes) = (tensor.statistics.map(\.l2Norm), tensor.relativeChanges.compactMap(\.self))
      table.append([
        Text.short(tensor.name), fromTo(norms), Sparkline.series(norms, width: 24), fromTo(changes),
        Sparkline.series(changes, width: 24), fromTo(tensor.statistics.compactMap(\.standardDeviation)),
        fromTo(tensor.statistics.map { Double($0.zeros) }),
      ])
    }
    return ["\(style.bold("Changes"))  over \(series.members.count) models in the order given"]
      + table.lines(style, width: display.width)
  }

  /// The first and the last of some values.
  private func fromTo(_ values: [Double]) -> String {
    guard let first = values.first, let last = values.last else { return "–" }
    return "\(Text.number(first, 3)) → \(Text.number(last, 3))"
  }
}
