import Formatting
import ModelFormat
import ModelInspection
import NetworkInspection
import NetworkRuns
import NeuralNetwork
import Pages

/// How two models differ as a page for browsers: what changed in words first, then both side by side, then where.
struct DifferencePage {
  /// Of longer lists the first so many are shown, and the rest is counted.
  private static let (mostBars, mostRows, mostLayers) = (40, 200, 200)

  let report: DifferenceReport
  let left: ModelSeries.Member
  let right: ModelSeries.Member
  let pictures: DifferencePictures

  private var difference: ModelDifference { report.difference }

  var page: Page {
    let sections: [PageSection?] = [
      summary, models, layers, weights, pictures.section,
      report.networks.function.map { FunctionSection(function: $0, classNames: report.networks.classNames).section },
      DifferenceCurves(left: left, right: right).section, details,
    ]
    return Page(
      title: "\(report.left) and \(report.right) – difference", heading: "\(report.left) → \(report.right)",
      introduction: ["Left is the first model, right the second; Δ = right − left."],
      parts: sections.compactMap(\.self), isWide: true)
  }

  private var summary: PageSection {
    var notes = [
      NoteList.Note(
        difference.isSame ? .good : .warning, label: difference.isSame ? "same" : "different",
        "The models \(difference.isSame ? "are the same" : "differ")\(scope).")
    ]
    notes += report.summary.lines.map { .init(.note, label: "", $0.message) }
    return PageSection("What changed", [NoteList(notes)])
  }

  /// What was compared, where that is not everything.
  private var scope: String {
    let tolerance = report.tolerance
    var parts: [String] = []
    if let filter = report.filter { parts.append("tensors \(Text.short(filter)) only") }
    if tolerance != .none {
      parts.append(
        "within an absolute tolerance of \(Text.significant(tolerance.absolute)) and a relative one of "
          + Text.significant(tolerance.relative))
    }
    return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
  }

  private var models: PageSection {
    func row(_ name: String, _ text: (ModelSeries.Member) -> String?) -> [String]? {
      let cells = [text(left), text(right)]
      return cells.contains { $0 != nil } ? [name] + cells.map { $0 ?? "–" } : nil
    }
    let rows = [
      row("file") { Text.elided(Text.short($0.path), to: 60) },
      row("layers") { Text.elided($0.architecture, to: 80) },
      row("parameters") { Text.grouped($0.parameters) },
      row("accuracy") { member in
        member.summary.accuracy.map { accuracy in
          let interval = accuracy.interval.map { " (\(Text.percent($0.lower)) to \(Text.percent($0.upper)))" } ?? ""
          return "\(accuracy.column.words) \(Text.percent(accuracy.value))\(interval)"
        }
      },
      row("loss") { $0.loss.map { "\($0.column.words) \(Text.loss($0.value))" } },
      row("epochs") { $0.summary.epochs > 0 ? Text.grouped($0.summary.epochs) : nil },
      row("best epoch") { $0.summary.bestEpoch.map(Text.grouped) },
      row("weights of epoch") { $0.epoch.map(Text.grouped) },
    ].compactMap(\.self)
    return PageSection(
      "Side by side", [PageTable(title: "", [.init(""), .init("left"), .init("right")], rows: rows, isWrapped: true)])
  }

  private var layers: PageSection? {
    let matches = difference.layers
    guard !matches.isEmpty else { return nil }
    let rows = matches.prefix(Self.mostLayers).map { match in
      [
        Self.sign(match.change), match.left.map { LayerLabel.named($0.layer) } ?? "",
        match.right.map { LayerLabel.named($0.layer) } ?? "",
        Text.short(
          match.attributes.map { "\($0.name) \($0.left ?? "none") → \($0.right ?? "none")" }.joined(separator: ", ")),
      ]
    }
    let rest =
      matches.count > rows.count ? [PageText("… and \(Text.grouped(matches.count - rows.count)) more layers")] : []
    let changes = matches.count { $0.change != .same }
    return PageSection(
      "Layers",
      lead: changes == 0
        ? "\(Text.counted(matches.count, "layer")), all the same."
        : "\(Text.grouped(changes)) of \(Text.counted(matches.count, "layer")) differ.",
      [
        PageTable(
          title: "", [.init("change"), .init("left"), .init("right"), .init("what")], rows: rows, isWrapped: true)
      ] + rest)
  }

  private static func sign(_ change: LayerMatch.Change) -> String {
    switch change {
    case .same: "same"
    case .changed: "~ changed"
    case .removed: "− removed"
    case .added: "+ added"
    }
  }

  private var weights: PageSection? {
    let tensors = difference.tensors
    guard !tensors.isEmpty else { return nil }
    let changed = tensors.filter { !$0.isSame }.mostChangedFirst()
    let compared = changed.filter { $0.values != nil }
    let others = changed.filter { $0.values == nil }
    var parts: [any PagePart] = []
    if !compared.isEmpty {
      let bars = compared.prefix(Self.mostBars).map { tensor in
        let distance = tensor.values?.relativeL2
        return BarChart.Bar(
          TensorDifferenceText.name(tensor), distance ?? .nan,
          label: distance.map { Text.significant($0, 3) } ?? "not finite")
      }
      parts.append(BarChart(title: "Relative L2, ‖Δ‖ / ‖left‖", bars))
      parts.append(
        PageTable(
          title: "Numbers",
          TensorDifferenceText.columns.map { .init($0.title, $0.alignment == .right ? .right : .left) },
          rows: compared.prefix(Self.mostRows).compactMap { tensor in
            tensor.values.map { TensorDifferenceText.row(tensor, $0).map { Text.elided($0, to: 60) } }
          }))
    }
    if !others.isEmpty {
      parts.append(
        PageTable(
          title: "Not comparable", [.init("tensor"), .init("left"), .init("right")],
          rows: others.prefix(Self.mostRows).map { tensor in
            [Text.elided(TensorDifferenceText.name(tensor), to: 60)]
              + [tensor.left, tensor.right].map { $0.map(TensorDifferenceText.form) ?? "(none)" }
          }))
    }
    let hidden = max(0, compared.count - Self.mostRows) + max(0, others.count - Self.mostRows)
    if hidden > 0 { parts.append(PageText("… and \(Text.grouped(hidden)) more, all with --json")) }
    let same = changed.count < tensors.count ? Text.grouped(tensors.count - changed.count) : "none"
    let remark = TensorDifferenceText.remark(tensors).map { " Note: \($0)." } ?? ""
    return PageSection("Weights", lead: "\(Text.counted(tensors.count, "tensor")), \(same) the same.\(remark)", parts)
  }

  /// What else differs: structure, the numbers of the history, metadata.
  private var details: PageSection? {
    let metadata = difference.metadata.map { entry in
      let texts = AttributeValue.texts(entry.left, entry.right)
      return (entry.name, texts.left, texts.right)
    }
    let structure = difference.topology.map { ($0.name, $0.left, $0.right) }
    let history = difference.history.map { column in
      (
        column.name, column.left?.saved.map { Text.significant($0.value) },
        column.right?.saved.map { Text.significant($0.value) }
      )
    }
    let parts = [("Structure", structure), ("History, at the epoch of the weights", history), ("Metadata", metadata)]
      .flatMap { Self.table($0, $1) }
    return parts.isEmpty ? nil : PageSection("Other differences", parts)
  }

  private static func table(_ title: String, _ details: [(String, String?, String?)]) -> [any PagePart] {
    guard !details.isEmpty else { return [] }
    let table = PageTable(
      title: title, [.init("what"), .init("left"), .init("right")],
      rows: details.prefix(mostRows).map { name, left, right in
        [Text.elided(Text.short(name), to: 40)] + [left, right].map { Text.short($0 ?? "(none)") }
      }, isWrapped: true)
    let hidden = details.count - mostRows
    return hidden > 0 ? [table, PageText("… and \(Text.grouped(hidden)) more, all with --json")] : [table]
  }
}
