import Formatting
import ModelFormat
import ModelInspection

/// The layers of a network as a table, with what is known of the whole.
struct TopologyText {
  /// With more layers, those in the middle are left out.
  private static let (mostLayers, firstLayers, lastLayers) = (60, 40, 10)

  let inspection: Inspection
  let display: Display
  let showsAll: Bool

  var lines: [String] {
    let style = display.style
    guard let topology = inspection.topology else {
      let totals = inspection.totals
      return wrapped(
        "",
        ["No topology: a collection of tensors", Text.counted(totals.elements, "element"), Text.bytes(totals.bytes)])
    }
    var table = TextTable([
      .init("#", .right), .init("layer", .left, isElastic: true), .init("kind", .left, isElastic: true),
      .init("output", .right), .init("parameters", .right, rank: 1),
      .init("attributes", .left, rank: 2, isElastic: true),
    ])
    for index in shown(topology.layers.count) {
      guard let index else {
        let hidden = topology.layers.count - TopologyText.firstLayers - TopologyText.lastLayers
        table.append(["…", "\(Text.grouped(hidden)) more, all with --all", "", "", "", ""])
        continue
      }
      let (layer, count) = (topology.layers[index], inspection.parameterCounts[index])
      table.append([
        "\(index)", Text.short(layer.name), Text.short(layer.kind), Text.shape(layer.outputShape),
        count > 0 ? Text.grouped(count) : "",
        Text.listed(
          layer.attributes.entries.map { "\(Text.short($0.name)) \(Text.short($0.value.text))" }, separator: ", "),
      ])
    }
    return wrapped(style.bold("Topology"), facts(topology)) + table.lines(style, width: display.width)
  }

  private func facts(_ topology: Topology) -> [String] {
    var facts = [
      "input \(Text.shape(topology.inputShape))", Text.counted(inspection.parameterCount, "parameter"),
      "\(Text.bytes(inspection.totals.bytes)) of values",
    ]
    if topology.preprocessing != .identity { facts.append(topology.preprocessing.text) }
    if let loss = topology.loss { facts.append("loss \(Text.short(loss))") }
    if !topology.classNames.isEmpty {
      facts.append("classes " + Text.listed(topology.classNames, separator: " ", as: Text.short))
    }
    return facts
  }

  /// The places of the layers to show; nil for those between.
  private func shown(_ count: Int) -> [Int?] {
    guard !showsAll, count > TopologyText.mostLayers else { return (0..<count).map { $0 } }
    return (0..<TopologyText.firstLayers).map { $0 } + [nil] + (count - TopologyText.lastLayers..<count).map { $0 }
  }

  /// A title and facts about it, in as many lines as they need.
  private func wrapped(_ title: String, _ facts: [String]) -> [String] {
    let text = facts.joined(separator: ", ")
    let start = title.isEmpty ? "" : title + "  "
    guard let width = display.width, Text.width(text) + 10 > width else { return [start + text] }
    let lines = Text.wrapped(text, to: max(20, width - 10))
    return lines.enumerated().map { $0 == 0 ? start + $1 : String(repeating: " ", count: 10) + $1 }
  }
}
