import Formatting
import ModelFormat
import ModelInspection
import Pages

/// The tensors of a model: a histogram of each with its numbers, as far as a page bears them, and a table of the others.
struct TensorSection {
  /// So many have a histogram, and so many more a row of the table.
  private static let (mostHistograms, mostRows) = (24, 400)

  let tensors: [Inspection.InspectedTensor]
  /// How many tensors the file has, shown or not.
  let total: Int

  var section: PageSection? {
    guard !tensors.isEmpty else { return nil }
    let charted = tensors.indices.filter { tensors[$0].statistics?.histogram != nil }.prefix(Self.mostHistograms)
    let places = Set(charted)
    let others = tensors.indices.filter { !places.contains($0) }
    var parts: [any PagePart] = []
    if !charted.isEmpty { parts.append(PageColumns(charted.map { cell(tensors[$0]) })) }
    if !others.isEmpty { parts.append(table(others.prefix(Self.mostRows).map { tensors[$0] })) }
    let rest = others.dropFirst(Self.mostRows)
    if !rest.isEmpty { parts.append(PageText(summedUp(rest.map { tensors[$0] }))) }
    return PageSection("Tensors", lead: lead, parts)
  }

  private var lead: String {
    let count = tensors.count < total ? "\(Text.grouped(tensors.count)) of " : ""
    let all = count + Text.counted(total, "tensor")
    guard tensors.contains(where: { $0.statistics != nil }) else {
      return "\(all), values neither read nor verified."
    }
    return "\(all). Histograms have logarithmic counts, so that bins with few values show."
  }

  private func cell(_ tensor: Inspection.InspectedTensor) -> [any PagePart] {
    guard let statistics = tensor.statistics, let histogram = statistics.histogram else { return [] }
    let form = "\(tensor.description.typeName) \(Text.shape(Array(tensor.description.shape.prefix(8))))"
    return [
      HistogramChart(
        title: Text.short(tensor.description.name), edges: histogram.edges, counts: histogram.counts, name: "value",
        isLogarithmic: true),
      NumberLine([("", form)] + numbers(statistics)),
    ]
  }

  private func numbers(_ statistics: TensorStatistics) -> [(name: String, text: String)] {
    var numbers = [
      ("mean", Text.significant(statistics.mean)), ("deviation", Text.significant(statistics.standardDeviation)),
      ("minimum", Text.significant(statistics.minimum)),
    ]
    if let percentiles = statistics.percentiles {
      numbers += [
        ("1 %", Text.significant(percentiles.first)), ("median", Text.significant(percentiles.median)),
        ("99 %", Text.significant(percentiles.ninetyNinth)),
      ]
    }
    numbers += [("maximum", Text.significant(statistics.maximum)), ("L2 norm", Text.significant(statistics.l2Norm))]
    if let skewness = statistics.skewness { numbers.append(("skewness", Text.significant(skewness, 3))) }
    if let kurtosis = statistics.excessKurtosis {
      numbers.append(("excess kurtosis", Text.significant(kurtosis, 3)))
    }
    let counts = [
      ("zeros", statistics.zeros), ("NaN", statistics.nan), ("+∞", statistics.positiveInfinity),
      ("−∞", statistics.negativeInfinity),
    ]
    return numbers + counts.filter { $0.1 > 0 }.map { ($0.0, Text.grouped($0.1)) }
  }

  private func table(_ tensors: [Inspection.InspectedTensor]) -> PageTable {
    PageTable(
      title: tensors.count < self.tensors.count ? "Others" : "All",
      [
        .init("name"), .init("dtype"), .init("shape", .right), .init("minimum", .right), .init("maximum", .right),
        .init("mean", .right), .init("deviation", .right), .init("L2 norm", .right), .init("not finite", .right),
      ],
      rows: tensors.map { tensor in
        let start = [
          Text.elided(Text.short(tensor.description.name), to: 60), tensor.description.typeName,
          Text.shape(Array(tensor.description.shape.prefix(8))),
        ]
        guard let statistics = tensor.statistics else { return start }
        let nonFinite = statistics.count - statistics.finite
        return start + [
          Text.significant(statistics.minimum), Text.significant(statistics.maximum), Text.significant(statistics.mean),
          Text.significant(statistics.standardDeviation), Text.significant(statistics.l2Norm),
          nonFinite > 0 ? Text.grouped(nonFinite) : "",
        ]
      })
  }

  private func summedUp(_ tensors: [Inspection.InspectedTensor]) -> String {
    let elements = tensors.reduce(0) { $0 &+ $1.description.count }
    var text = "And \(Text.grouped(tensors.count)) more with \(Text.counted(elements, "element"))"
    let statistics = tensors.compactMap(\.statistics)
    if let low = statistics.compactMap(\.minimum).min(), let high = statistics.compactMap(\.maximum).max() {
      text += ", from \(Text.significant(low)) to \(Text.significant(high))"
    }
    let nonFinite = statistics.reduce(0) { $0 &+ ($1.count - $1.finite) }
    if nonFinite > 0 { text += ", \(Text.counted(nonFinite, "value")) not finite" }
    return text + "."
  }
}
