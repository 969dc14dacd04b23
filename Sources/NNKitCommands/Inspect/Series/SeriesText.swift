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
    let rows = SeriesRows(series)
    var table = TextTable(
      rows.columns.map { .init($0.title, $0.isNumber ? .right : .left, rank: $0.rank, isElastic: $0.isElastic) })
    for cells in rows.rows { table.append(cells) }
    var lines = ["\(style.bold("Models"))  \(Text.grouped(rows.rows.count)), the best first\(rows.measure)"]
    lines += table.lines(style, width: display.width)
    if rows.hasEquals { lines += Text.wrapped(SeriesRows.explanation, to: display.width, first: "  ") }
    return lines
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
    var lines = table.lines(style, width: display.width)
    if series.silentUnits.contains(where: { $0 > 0 }) {
      let counts = series.silentUnits.map(Double.init)
      lines.append(
        "  units that are dead, unused or never fire: \(fromTo(counts))  \(Sparkline.series(counts, width: 24))")
    }
    return ["\(style.bold("Changes"))  over \(series.members.count) models in the order given"]
      + lines
  }

  /// The first and the last of some values.
  private func fromTo(_ values: [Double]) -> String {
    guard let first = values.first, let last = values.last else { return "–" }
    return "\(Text.number(first, 3)) → \(Text.number(last, 3))"
  }
}
