import Formatting
import NetworkInspection
import Pages

/// What the values between the layers of a network were like on samples, as a table of a page.
struct ActivationSection {
  /// Of a deeper network the first so many layers are shown, and the rest is counted.
  private static let mostLayers = 200

  let report: ActivationReport

  var section: PageSection {
    let rows = ActivationText.rows(report)
    let table = PageTable(
      title: "", ActivationText.columns.map { .init($0.title, $0.alignment == .right ? .right : .left) },
      rows: rows.prefix(Self.mostLayers).map { row in row.map { Text.elided($0, to: 60) } })
    let hidden = rows.count - Self.mostLayers
    let rest = hidden > 0 ? [PageText("… and \(Text.counted(hidden, "layer")) more")] : []
    return PageSection(
      "Activations",
      lead:
        "What each layer gave on \(Text.counted(report.samples, "sample")): over all samples and units, and how many "
        + "units never fired or were saturated.",
      [table] + rest)
  }
}
