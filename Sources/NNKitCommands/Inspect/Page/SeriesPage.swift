import Formatting
import ModelFormat
import ModelInspection
import NetworkRuns
import Pages

/// Several models as a page for browsers: a row each, their curves, and how their tensors changed from one to the next.
struct SeriesPage {
  private static let (mostRows, mostCurves, mostRidges) = (400, 48, 48)
  /// More models than these are thinned out in a ridge picture: in few pictures, and in many, which are to make no page of
  /// megabytes.
  private static let (mostRidgeRows, mostRidgeRowsOfMany, fewRidges) = (32, 12, 12)
  private static let ridgeBins = 80

  let series: ModelSeries

  var page: Page {
    let sections: [PageSection?] = [models, SeriesCurves(series: series).section, changes, ridges]
    let heading = Text.counted(series.members.count, "model")
    let (first, last) = (series.members.first?.path ?? "", series.members.last?.path ?? "")
    return Page(
      title: "\(heading) – series", heading: heading, introduction: ["\(first) to \(last)"],
      parts: sections.compactMap(\.self), isWide: true)
  }

  private var models: PageSection {
    let rows = SeriesRows(series)
    var parts: [any PagePart] = [
      PageTable(
        title: "The best first\(rows.measure)",
        rows.columns.map { .init($0.title, $0.isNumber ? .right : .left) },
        rows: rows.rows.prefix(Self.mostRows).map { $0.map { Text.elided($0, to: 60) } })
    ]
    if rows.rows.count > Self.mostRows {
      parts.append(PageText("… and \(Text.grouped(rows.rows.count - Self.mostRows)) more"))
    }
    if rows.hasEquals { parts.append(PageText(SeriesRows.explanation)) }
    return PageSection("Models", parts)
  }

  private var changes: PageSection? {
    guard !series.tensors.isEmpty, series.members.count > 1 else { return nil }
    let shown = series.tensors.prefix(Self.mostCurves)
    var parts: [any PagePart] = [
      SmallCurves(
        title: "L2 norm", shown.map { .init(Text.short($0.name), $0.statistics.map(\.l2Norm)) }),
      SmallCurves(
        title: "Relative change from the model before, ‖W − W′‖ / ‖W′‖",
        shown.map { .init(Text.short($0.name), $0.relativeChanges.dropFirst().map { $0 ?? .nan }) }),
    ]
    if series.tensors.count > shown.count {
      parts.append(PageText("… and \(Text.grouped(series.tensors.count - shown.count)) more tensors"))
    }
    return PageSection("Changes", lead: "Over the models in the order given; each curve has a scale of its own.", parts)
  }

  private var ridges: PageSection? {
    let tensors = series.tensors
    let largest = tensors.indices.sorted {
      (tensors[$1].description.count, $0) < (tensors[$0].description.count, $1)
    }.prefix(Self.mostRidges)
    // Matrices are what learns most; what has one dimension stands after them.
    let shown = largest.sorted().filter { tensors[$0].isMatrix } + largest.sorted().filter { !tensors[$0].isMatrix }
    let mostRows = shown.count > Self.fewRidges ? Self.mostRidgeRowsOfMany : Self.mostRidgeRows
    let charts = shown.compactMap { ridge(tensors[$0], mostRows: mostRows).map { [$0] } }
    guard !charts.isEmpty else { return nil }
    return PageSection(
      "Distributions",
      lead: "Histograms of the values, the first model farthest away. Each has a height of its own."
        + (tensors.count > largest.count
          ? " The \(largest.count) largest of \(Text.grouped(tensors.count)) tensors, matrices first." : ""),
      [PageColumns(charts)])
  }

  /// All distributions of a tensor over one range; nil without a finite value.
  private func ridge(_ tensor: TensorSeries, mostRows: Int) -> (any PagePart)? {
    guard let low = tensor.statistics.compactMap(\.minimum).min(),
      let high = tensor.statistics.compactMap(\.maximum).max()
    else { return nil }
    let margin = low < high ? 0 : max(low.magnitude / 2, 0.5)
    let range = low - margin...high + margin
    let step = max(1, (series.members.count + mostRows - 1) / mostRows)
    let last = series.members.count - 1
    let places = series.members.indices.filter { (last - $0).isMultiple(of: step) }
    let ridges = places.map { place in
      RidgeChart.Ridge(
        label(place), tensor.statistics[place].histogram?.rebinned(over: range, count: Self.ridgeBins) ?? [])
    }
    return RidgeChart(title: Text.short(tensor.name), ridges, range: range, name: "value")
  }

  /// The epoch where the models have one each, else the place in the series.
  private func label(_ place: Int) -> String {
    let epochs = series.members.map(\.epoch)
    guard Set(epochs).count == epochs.count, let epoch = epochs[place] else { return "\(place + 1)" }
    return "\(epoch)"
  }
}

extension TensorSeries {
  fileprivate var isMatrix: Bool { description.shape.count > 1 }
}
