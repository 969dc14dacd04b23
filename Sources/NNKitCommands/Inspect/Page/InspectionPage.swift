import Formatting
import ModelFormat
import ModelInspection
import NetworkRuns
import Pages

/// An inspection as a page for browsers: what there is to know first, then the network, its training and its weights.
struct InspectionPage {
  /// Of longer lists the first so many are shown, and the rest is counted.
  static let (mostFindings, mostEntries) = (20, 200)

  let inspection: Inspection
  let pictures: InspectionPictures

  var page: Page {
    let name = inspection.path == "-" ? "standard input" : inspection.path
    let sections: [PageSection?] = [
      findings, facts, TopologySection(inspection: inspection).section,
      TrainingCurves(inspection.history, inspection.metadata).section, pictures.firstLayerSection,
      TensorSection(tensors: inspection.tensors, total: inspection.allTensors.count).section,
      inspection.activations.map { ActivationSection(report: $0).section },
      SpectrumSection(inspection: inspection).section, pictures.matrixSection, metadata,
    ]
    return Page(
      title: "\(name) – model", heading: name, introduction: [introduction], parts: sections.compactMap(\.self),
      isWide: true)
  }

  private var introduction: String {
    let kind = [inspection.format.title, inspection.version].compactMap(\.self).joined(separator: " ")
    let totals = inspection.totals
    return [
      kind, Text.bytes(inspection.fileSize, inFiles: inspection.fileCount),
      inspection.topology == nil
        ? Text.counted(totals.elements, "element") : Text.counted(inspection.parameterCount, "parameter"),
      Text.counted(inspection.allTensors.count, "tensor"),
    ].joined(separator: ", ")
  }

  private var findings: PageSection {
    let all = inspection.findings
    let notes = all.prefix(Self.mostFindings).map { finding in
      NoteList.Note(
        NoteList.Tone(finding.severity), label: finding.severity.rawValue, place: Text.short(finding.place),
        Text.escaped(finding.message, atMost: 600))
    }
    guard !notes.isEmpty else {
      let reservation = inspection.tensors.contains { $0.statistics != nil } ? "" : " The weights have not been read."
      return PageSection("Findings", [NoteList([.init(.good, label: "", "Nothing stands out." + reservation)])])
    }
    let rest = all.count > notes.count ? [PageText("… and \(Text.grouped(all.count - notes.count)) more")] : []
    return PageSection("Findings", [NoteList(notes)] + rest)
  }

  private var facts: PageSection {
    let (totals, format) = (inspection.totals, inspection.format)
    var facts: [(name: String, text: String)] = [
      ("File", inspection.path == "-" ? "standard input" : Text.short(inspection.path)),
      (
        "Format",
        [format.title, inspection.version].compactMap(\.self).joined(separator: " ")
          + (format.hasChecksums ? "" : ", no checksums")
      ),
      ("Size", Text.bytes(inspection.fileSize, inFiles: inspection.fileCount)),
      (
        "Tensors",
        "\(Text.grouped(inspection.allTensors.count)) with \(Text.counted(totals.elements, "element")), "
          + "\(Text.bytes(totals.bytes)) of values"
      ),
    ]
    if let topology = inspection.topology {
      facts.append(("Parameters", Text.grouped(inspection.parameterCount)))
      facts.append(("Layers", Text.grouped(topology.layers.count)))
      facts.append(("Input", Text.shape(topology.inputShape)))
      if topology.preprocessing != .identity { facts.append(("Preprocessing", topology.preprocessing.text)) }
      if let loss = topology.loss { facts.append(("Loss", Text.short(loss))) }
      if !topology.classNames.isEmpty {
        facts.append(("Classes", Text.listed(topology.classNames, separator: ", ", as: Text.short)))
      }
    }
    let summary = RunSummary(history: inspection.history, metadata: inspection.metadata)
    let sentences = HistoryFacts(history: inspection.history, summary: summary).sentences
    facts += sentences.enumerated().map { (name: $0 == 0 ? "Training" : "", text: $1) }
    return PageSection("Facts", [FactList(facts)])
  }

  private var metadata: PageSection? {
    let entries = inspection.metadata.entries
    guard !entries.isEmpty else { return nil }
    let sorted = entries.sorted { NaturalOrder.precedes($0.name, $1.name) }
    let isSetting = { (entry: Attributes.Entry) in RunMetadata.isSetting(entry.name) }
    let groups = [
      ("Configuration", sorted.filter(isSetting)), ("Other entries", sorted.filter { !isSetting($0) }),
    ]
    let parts = groups.flatMap { title, entries -> [any PagePart] in
      guard !entries.isEmpty else { return [] }
      let shown = entries.prefix(Self.mostEntries).map { (name: Text.short($0.name), text: Text.short($0.value.text)) }
      let rest =
        entries.count > shown.count ? [PageText("… and \(Text.grouped(entries.count - shown.count)) more")] : []
      return [FactList(title: title, shown)] + rest
    }
    return PageSection("Configuration and metadata", parts)
  }
}

extension NoteList.Tone {
  init(_ severity: Finding.Severity) {
    switch severity {
    case .error: self = .error
    case .warning: self = .warning
    case .note: self = .note
    }
  }
}
