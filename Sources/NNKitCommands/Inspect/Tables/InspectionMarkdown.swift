import BinaryIO
import Formatting
import ModelFormat
import ModelInspection
import NetworkRuns

/// An inspection as Markdown for a README (GitHub Flavored Markdown, with its tables).
struct InspectionMarkdown {
  let inspection: Inspection
  let showsAll: Bool

  init(_ inspection: Inspection, showsAll: Bool) {
    self.inspection = inspection
    self.showsAll = showsAll
  }

  var text: String {
    let parts = [heading, findings, topology, tensors, history, metadata]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var heading: [String] {
    let name = inspection.path == "-" ? "standard input" : inspection.path
    let totals = inspection.totals
    return [
      "## \(cell(name))", "",
      "\([inspection.format.title, inspection.version].compactMap(\.self).joined(separator: " ")), "
        + "\(Text.bytes(inspection.fileSize, inFiles: inspection.fileCount)); \(Text.counted(inspection.allTensors.count, "tensor")), "
        + Text.counted(totals.elements, "element"),
    ]
  }

  private var findings: [String] {
    guard !inspection.findings.isEmpty else { return [] }
    return ["### Findings", ""]
      + inspection.findings.map { "- **\($0.severity.rawValue)** \(cell($0.place)): \(cell($0.message))" }
  }

  private var topology: [String] {
    guard let topology = inspection.topology else { return [] }
    let rows = topology.layers.enumerated().map { index, layer in
      [
        "\(index)", layer.name, layer.kind, Text.shape(layer.outputShape),
        Text.grouped(inspection.parameterCounts[index]),
        Text.listed(layer.attributes.entries.map { "\($0.name) \(Text.short($0.value.text))" }, separator: ", "),
      ]
    }
    return [
      "### Topology", "",
      "Input \(Text.shape(topology.inputShape)), \(Text.counted(inspection.parameterCount, "parameter")).", "",
    ]
      + table(
        [
          ("#", true), ("layer", false), ("kind", false), ("output", true), ("parameters", true), ("attributes", false),
        ], rows)
  }

  private var tensors: [String] {
    let rows = inspection.tensors.map { tensor in
      let (description, statistics) = (tensor.description, tensor.statistics)
      return [
        description.name, description.typeName, Text.shape(description.shape),
        statistics.map { Text.significant($0.minimum) } ?? "", statistics.map { Text.significant($0.maximum) } ?? "",
        statistics.map { Text.significant($0.mean) } ?? "",
        statistics.map { Text.significant($0.standardDeviation) } ?? "",
        statistics.map { Text.grouped($0.zeros) } ?? "",
      ]
    }
    return ["### Tensors", ""]
      + table(
        [
          ("name", false), ("dtype", false), ("shape", true), ("minimum", true), ("maximum", true), ("mean", true),
          ("deviation", true), ("zeros", true),
        ], rows)
  }

  private var history: [String] {
    let history = inspection.history
    guard history.epochs > 0 else { return [] }
    let rows = history.columns.map { column in
      let finite = column.values.finiteExtent
      return [
        column.name, Text.number(column.values.first), Text.number(column.values.last),
        Text.number(finite?.lowerBound), Text.number(finite?.upperBound),
      ]
    }
    return ["### History", "", Text.counted(history.epochs, "epoch") + ".", ""]
      + table([("series", false), ("first", true), ("last", true), ("minimum", true), ("maximum", true)], rows)
  }

  private var metadata: [String] {
    let entries = inspection.metadata.entries.sorted { ByteName($0.name) < ByteName($1.name) }
    guard !entries.isEmpty else { return [] }
    return ["### Metadata", ""] + table([("key", false), ("value", false)], entries.map { [$0.name, $0.value.text] })
  }

  private func table(_ columns: [(title: String, isNumber: Bool)], _ rows: [[String]]) -> [String] {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    return [line(columns.map(\.title)), line(columns.map { $0.isNumber ? "---:" : "---" })]
      + rows.map { line($0.map(cell)) }
  }

  /// A text from a file in which nothing is an instruction to Markdown or to a browser.
  private func cell(_ text: String) -> String {
    var result = ""
    for scalar in Text.short(text).unicodeScalars {
      if "\\`*_{}[]<>#|~&$!".unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
