import Formatting
import ModelFormat
import ModelInspection

/// The tensors of a model as a table. Where blocks repeat, as in a deep network, those of one kind have a row together.
struct TensorText {
  /// So many are shown one by one.
  private static let fewTensors = 40

  let inspection: Inspection
  let display: Display
  let showsAll: Bool
  /// Whether a value of any tensor is not finite: then these have columns.
  private let hasNonFinite: Bool

  init(inspection: Inspection, display: Display, showsAll: Bool) {
    self.inspection = inspection
    self.display = display
    self.showsAll = showsAll
    hasNonFinite = inspection.tensors.contains { tensor in
      tensor.statistics.map { $0.finite < $0.count } ?? false
    }
  }

  private var style: Style { display.style }
  private var tensors: [Inspection.InspectedTensor] { inspection.tensors }

  var lines: [String] {
    guard !tensors.isEmpty else { return ["No tensors"] }
    let rank = hasNonFinite ? 0 : 6
    var table = TextTable([
      .init("name", .left, isElastic: true), .init("dtype", .left), .init("shape", .right),
      .init("minimum", .right, rank: 2), .init("maximum", .right, rank: 2), .init("mean", .right, rank: 1),
      .init("deviation", .right, rank: 1), .init("L2 norm", .right, rank: 3), .init("zeros", .right, rank: 5),
      .init("NaN", .right, rank: rank), .init("+∞", .right, rank: rank), .init("−∞", .right, rank: rank),
      .init("histogram", .left, rank: 4),
    ])
    let rows = rows
    for row in rows { table.append(cells(row.name, row.members.map { tensors[$0] })) }
    var lines = [title] + table.lines(style, width: display.width, orWith: "--format csv")
    if rows.count < tensors.count {
      lines.append(style.dim("  rows with {…} stand for several tensors, as ranges; each for itself with --all"))
    }
    return lines
  }

  private var rows: [RepeatedBlocks.Row] {
    guard !showsAll, tensors.count > TensorText.fewTensors else {
      return tensors.enumerated().map { RepeatedBlocks.Row(name: $1.description.name, members: [$0]) }
    }
    return RepeatedBlocks(tensors.map(\.description)).rows
  }

  private var title: String {
    var title = "\(style.bold("Tensors"))  \(Text.grouped(tensors.count))"
    if tensors.count < inspection.allTensors.count { title += " of \(Text.grouped(inspection.allTensors.count))" }
    guard tensors.contains(where: { $0.statistics != nil }) else {
      return title + ", values neither read nor verified"
    }
    return title + (hasNonFinite ? style.red(", some values are not finite") : ", all values finite")
  }

  private func cells(_ name: String, _ members: [Inspection.InspectedTensor]) -> [String] {
    guard let first = members.first else { return [] }
    let shown = [Text.short(name), first.description.typeName, Text.shape(first.description.shape)]
    let statistics = members.compactMap(\.statistics)
    guard let only = statistics.first else { return shown + [String](repeating: "", count: 10) }
    func sum(_ value: (TensorStatistics) -> Int) -> String { Text.grouped(statistics.reduce(0) { $0 &+ value($1) }) }
    let histogram =
      members.count > 1
      ? "" : only.histogram.map { "▕" + Sparkline.histogram($0.merged(by: 2).counts) + "▏" } ?? ""
    return shown + [
      Text.significant(statistics.compactMap(\.minimum).min()),
      Text.significant(statistics.compactMap(\.maximum).max()), range(statistics.compactMap(\.mean)),
      range(statistics.compactMap(\.standardDeviation)), range(statistics.map(\.l2Norm)), sum(\.zeros),
      hasNonFinite ? sum(\.nan) : "", hasNonFinite ? sum(\.positiveInfinity) : "",
      hasNonFinite ? sum(\.negativeInfinity) : "", histogram,
    ]
  }

  /// `0.01…0.03` for several values, and the value itself for one.
  private func range(_ values: [Double]) -> String {
    guard let least = values.min(), let greatest = values.max() else { return "–" }
    if values.count == 1 { return Text.significant(least) }
    let (low, high) = (Text.significant(least, 3), Text.significant(greatest, 3))
    return low == high ? low : "\(low)…\(high)"
  }
}
