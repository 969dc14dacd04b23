import Formatting
import ModelFormat
import ModelInspection

/// What is known of one tensor, as lines above its values.
struct TensorDetail {
  let tensor: Inspection.InspectedTensor
  let display: Display

  init(_ tensor: Inspection.InspectedTensor, _ display: Display) {
    self.tensor = tensor
    self.display = display
  }

  var text: String { lines.joined(separator: "\n") + "\n" }

  private var lines: [String] {
    let description = tensor.description
    let name = Text.short(description.name)
    let facts =
      "\(description.typeName) \(Text.shape(description.shape)), \(Text.bytes(description.encodedByteCount)), "
      + "\(Text.bytes(tensor.storedBytes)) in the file"
    let isOneLine = display.width.map { Text.width(name) + 2 + Text.width(facts) <= $0 } ?? true
    let heading =
      isOneLine
      ? ["\(display.style.bold(name))  \(facts)"]
      : [display.style.bold(name)] + Text.wrapped(facts, to: max(20, (display.width ?? 80) - 2)).map { "  " + $0 }
    guard let statistics = tensor.statistics else { return heading }
    var rows: [(String, String)] = [
      (
        "minimum, maximum",
        "\(Text.significant(statistics.minimum, 6)), \(Text.significant(statistics.maximum, 6))"
      ),
      (
        "mean, deviation",
        "\(Text.significant(statistics.mean, 6)), \(Text.significant(statistics.standardDeviation, 6))"
      ),
      (
        "L1, L2, maximum norm",
        [statistics.l1Norm, statistics.l2Norm, statistics.maximumNorm].map { Text.significant($0, 6) }
          .joined(separator: ", ")
      ),
    ]
    if let percentiles = statistics.percentiles {
      rows.append(
        (
          "percentiles 1, 50, 99",
          [percentiles.first, percentiles.median, percentiles.ninetyNinth].map { Text.significant($0, 6) }
            .joined(separator: ", ")
        ))
    }
    rows += [
      (
        "skewness, excess kurtosis",
        "\(Text.significant(statistics.skewness)), \(Text.significant(statistics.excessKurtosis))"
      ),
      (
        "zeros, −0, subnormal",
        [statistics.zeros, statistics.negativeZeros, statistics.subnormals].map(Text.grouped).joined(separator: ", ")
      ),
      ("below 10⁻³ deviations", statistics.nearZeroFraction.map(Text.percent) ?? "–"),
    ]
    if !statistics.byteEntropy.isEmpty {
      rows.append(
        ("entropy by byte, highest first", statistics.byteEntropy.map { Text.fixed($0, 2) }.joined(separator: ", ")))
    }
    if statistics.finite < statistics.count {
      rows.append(
        (
          "NaN, +∞, −∞",
          [statistics.nan, statistics.positiveInfinity, statistics.negativeInfinity].map(Text.grouped)
            .joined(separator: ", ")
        ))
    }
    if let histogram = statistics.histogram {
      let isNarrow = display.width.map { $0 < 72 } ?? false
      rows.append(
        ("histogram", "▕" + Sparkline.histogram(isNarrow ? histogram.merged(by: 2).counts : histogram.counts) + "▏"))
    }
    let width = rows.reduce(0) { max($0, Text.width($1.0)) }
    return heading
      + rows.flatMap { name, text in
        Text.wrapped(
          text, to: display.width, first: "  " + name + String(repeating: " ", count: width - Text.width(name) + 2))
      }
  }
}
