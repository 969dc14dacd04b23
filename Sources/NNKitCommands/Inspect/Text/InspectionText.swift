import BinaryIO
import Formatting
import ModelFormat
import ModelInspection
import NetworkInspection

/// An inspection as text for people. What there is to know stands first, and last, where a screen ends.
struct InspectionText {
  /// What of it is asked for.
  struct Options {
    /// Every tensor and layer, also where they repeat.
    var all = false
    /// Sums by parts of names in the place of the tensors, to a depth.
    var treeDepth: Int?
  }

  let inspection: Inspection
  let display: Display
  var options = Options()

  private var style: Style { display.style }

  var text: String {
    let findings = FindingText(findings: inspection.findings, display: display)
    let tensors =
      options.treeDepth.map { TreeText(inspection: inspection, depth: $0, display: display).lines }
      ?? TensorText(inspection: inspection, display: display, showsAll: options.all).lines
    let parts = [
      heading, findings.lines, TopologyText(inspection: inspection, display: display, showsAll: options.all).lines,
      tensors, SpectrumText(inspection: inspection, display: display).lines,
      inspection.activations.map { ActivationText(report: $0, display: display).lines } ?? [],
      HistoryText(inspection.history, inspection.metadata, display).lines, metadata, findings.reminder,
    ]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var heading: [String] {
    let name = inspection.path == "-" ? "standard input" : Text.escaped(inspection.path)
    let format = inspection.format
    let kind =
      [format.title, inspection.version].compactMap(\.self).joined(separator: " ")
      + (format.hasChecksums ? "" : ", no checksums")
    let facts = "\(kind), \(Text.bytes(inspection.fileSize, inFiles: inspection.fileCount))"
    guard let width = display.width, Text.width(name) + 2 + facts.count > width else {
      return ["\(style.bold(name))  \(facts)"]
    }
    return [style.bold(Text.elided(name, to: width))] + Text.wrapped(facts, to: width - 2).map { "  " + $0 }
  }

  private var metadata: [String] {
    guard !inspection.metadata.entries.isEmpty else { return [] }
    var table = TextTable([.init("key", .left, isElastic: true), .init("value", .left, isElastic: true)])
    for entry in inspection.metadata.entries.sorted(by: { ByteName($0.name) < ByteName($1.name) }) {
      table.append([Text.short(entry.name), Text.short(entry.value.text)])
    }
    return [style.bold("Metadata")] + table.lines(style, width: display.width).dropFirst()
  }
}
