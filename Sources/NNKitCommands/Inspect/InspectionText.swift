import BinaryIO
import Formatting
import ModelFormat
import ModelInspection
import NetworkRuns

/// An inspection as text for people.
struct InspectionText {
  let inspection: Inspection
  let style: Style

  var text: String {
    let parts = [heading, topology, tensors, history, metadata, findings]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var heading: [String] {
    let name = inspection.path == "-" ? "standard input" : Text.escaped(inspection.path)
    let format = inspection.format
    let kind =
      [format.title, inspection.version].compactMap(\.self).joined(separator: " ")
      + (format.hasChecksums ? "" : ", no checksums")
    return ["\(style.bold(name))  \(kind), \(Text.bytes(inspection.fileSize))"]
  }

  private var topology: [String] {
    guard let topology = inspection.topology else { return ["No topology: a collection of tensors"] }
    var table = TextTable([
      ("#", .right), ("layer", .left), ("kind", .left), ("output", .right), ("parameters", .right),
      ("attributes", .left),
    ])
    for (index, layer) in topology.layers.enumerated() {
      let count = inspection.parameterCounts[index]
      table.append([
        "\(index)", Text.short(layer.name), Text.short(layer.kind), Text.shape(layer.outputShape),
        count > 0 ? Text.grouped(count) : "",
        Text.listed(
          layer.attributes.entries.map { "\(Text.short($0.name)) \(Text.short($0.value.text))" }, separator: ", "),
      ])
    }
    var facts = [
      "input \(Text.shape(topology.inputShape))", Text.counted(inspection.parameterCount, "parameter"),
    ]
    let preprocessing = topology.preprocessing
    if preprocessing != .identity {
      let offset = preprocessing.offset == 0 ? "" : " + \(Text.significant(preprocessing.offset, 6))"
      facts.append("values × \(Text.factor(preprocessing.scale))\(offset)")
    }
    if let loss = topology.loss { facts.append("loss \(Text.short(loss))") }
    if !topology.classNames.isEmpty {
      facts.append("classes " + Text.listed(topology.classNames, separator: " ", as: Text.short))
    }
    return ["\(style.bold("Topology"))  \(facts.joined(separator: ", "))"] + table.lines(style)
  }

  private var tensors: [String] {
    guard !inspection.tensors.isEmpty else { return ["No tensors"] }
    let hasNonFinite = inspection.tensors.contains { tensor in
      tensor.statistics.map { $0.finite < $0.count } ?? false
    }
    var table = TextTable([
      ("name", .left), ("dtype", .left), ("shape", .right), ("minimum", .right),
      ("maximum", .right), ("mean", .right), ("deviation", .right), ("L2 norm", .right), ("zeros", .right),
      ("NaN", .right), ("+∞", .right), ("−∞", .right), ("histogram", .left),
    ])
    for tensor in inspection.tensors {
      let description = tensor.description
      var cells = [
        Text.short(description.name), description.dataType.rawValue, Text.shape(description.shape),
      ]
      if let statistics = tensor.statistics {
        cells += [
          Text.significant(statistics.minimum), Text.significant(statistics.maximum),
          Text.significant(statistics.mean), Text.significant(statistics.standardDeviation),
          Text.significant(statistics.l2Norm), Text.grouped(statistics.zeros),
        ]
        cells +=
          hasNonFinite
          ? [statistics.nan, statistics.positiveInfinity, statistics.negativeInfinity].map(Text.grouped)
          : ["", "", ""]
        cells.append(
          statistics.histogram.map { "▕" + Sparkline.histogram($0.merged(by: 2).counts) + "▏" } ?? "")
      } else {
        cells += [String](repeating: "", count: 10)
      }
      table.append(cells)
    }
    var title = "\(style.bold("Tensors"))  \(inspection.tensors.count)"
    if inspection.tensors.count < inspection.allTensors.count { title += " of \(inspection.allTensors.count)" }
    if inspection.tensors.contains(where: { $0.statistics != nil }) {
      title += hasNonFinite ? style.red(", some values are not finite") : ", all values finite"
    } else {
      title += ", values neither read nor verified"
    }
    return [title] + table.lines(style)
  }

  private var history: [String] {
    let history = inspection.history
    guard history.epochs > 0 else { return [] }
    var table = TextTable([
      ("series", .left), ("first", .right), ("last", .right), ("minimum", .right), ("maximum", .right),
      ("", .left),
    ])
    for column in history.columns {
      let finite = column.values.filter(\.isFinite)
      table.append([
        Text.short(column.name), Text.number(column.values.first), Text.number(column.values.last),
        Text.number(finite.min()), Text.number(finite.max()),
        Sparkline.series(column.values, width: 40),
      ])
    }
    var lines = ["\(style.bold("History"))  \(Text.counted(history.epochs, "epoch"))"] + table.lines(style)
    let curve = LossCurve(RunMetadata(inspection.metadata))
    if let chart = curve?.chart(), !chart.isEmpty { lines += ["", "  loss"] + chart }
    return lines
  }

  private var metadata: [String] {
    guard !inspection.metadata.entries.isEmpty else { return [] }
    var table = TextTable([("key", .left), ("value", .left)])
    for entry in inspection.metadata.entries.sorted(by: { ByteName($0.name) < ByteName($1.name) }) {
      table.append([Text.short(entry.name), Text.short(entry.value.text)])
    }
    return [style.bold("Metadata")] + table.lines(style).dropFirst()
  }

  private var findings: [String] {
    guard !inspection.findings.isEmpty else { return [] }
    return [style.yellow("Does not fit together")]
      + inspection.findings.map { "  \(Text.escaped($0.place)): \(Text.escaped($0.message))" }
  }
}
