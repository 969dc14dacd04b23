import Formatting
import ModelInspection

/// How two topologies differ: their layers side by side, those that are the same in a line where there are many.
struct TopologyDifferenceText {
  /// More layers than these that are the same, one after the other, are shown as a count.
  private static let shownRun = 3
  /// More changes than these are not shown; JSON has them all.
  private static let shownChanges = 60

  let difference: ModelDifference
  let style: Style
  let width: Int?

  var lines: [String] {
    guard !difference.topology.isEmpty else { return [] }
    let areLayersAligned = difference.layers.contains { $0.change != .same }
    let details = difference.topology.filter { !areLayersAligned || !$0.name.hasPrefix("layers[") }
    var lines = [style.bold("Topology")]
    if !details.isEmpty {
      lines += DetailTable.lines(
        details.prefix(Self.shownChanges).map { ($0.name, $0.left, $0.right) }, style, width)
      lines += rest(details.count)
    }
    if areLayersAligned { lines += layers }
    return lines
  }

  private func rest(_ count: Int) -> [String] {
    count > Self.shownChanges ? ["  … \(Text.grouped(count - Self.shownChanges)) more, all with --json"] : []
  }

  private var layers: [String] {
    var table = TextTable([
      .init("", .left), .init("left", isElastic: true), .init("right", isElastic: true),
      .init("change", isElastic: true),
    ])
    var index = 0
    var changes = 0
    let matches = difference.layers
    while index < matches.count, changes < Self.shownChanges {
      let run = matches[index...].prefix { $0.change == .same }.count
      if run > Self.shownRun {
        table.append(["", "… \(Text.counted(run, "layer")), the same", "", ""], paint: style.dim)
        index += run
        continue
      }
      append(matches[index], to: &table)
      changes += matches[index].change == .same ? 0 : 1
      index += 1
    }
    return table.lines(style, width: width) + rest(matches.count { $0.change != .same })
  }

  private func append(_ match: LayerMatch, to table: inout TextTable) {
    let (left, right) = (match.left.map { LayerLabel.named($0.layer) }, match.right.map { LayerLabel.named($0.layer) })
    switch match.change {
    case .same: table.append(["", left ?? "", right ?? "", ""])
    case .removed: table.append(["-", left ?? "", "", "removed"], paint: style.red)
    case .added: table.append(["+", "", right ?? "", "added"], paint: style.green)
    case .changed:
      let changes = match.attributes.map { "\($0.name) \($0.left ?? "none") → \($0.right ?? "none")" }
      table.append(
        ["~", left ?? "", right ?? "", Text.short(changes.joined(separator: ", "))], paint: style.yellow)
    }
  }
}
