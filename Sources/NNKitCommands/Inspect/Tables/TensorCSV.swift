import Formatting
import ModelFormat
import ModelInspection

/// The tensors of a model as CSV (RFC 4180), a line each.
struct TensorCSV {
  let inspection: Inspection

  init(_ inspection: Inspection) { self.inspection = inspection }

  private typealias Column = (name: String, value: @Sendable (TensorStatistics) -> String)

  private static let columns: [Column] = [
    ("minimum", { number($0.minimum) }), ("maximum", { number($0.maximum) }), ("mean", { number($0.mean) }),
    ("standard_deviation", { number($0.standardDeviation) }), ("l2_norm", { number($0.l2Norm) }),
    ("zeros", { "\($0.zeros)" }), ("nan", { "\($0.nan)" }), ("positive_infinity", { "\($0.positiveInfinity)" }),
    ("negative_infinity", { "\($0.negativeInfinity)" }), ("negative_zeros", { "\($0.negativeZeros)" }),
    ("subnormals", { "\($0.subnormals)" }), ("skewness", { number($0.skewness) }),
    ("excess_kurtosis", { number($0.excessKurtosis) }), ("percentile_1", { number($0.percentiles?.first) }),
    ("percentile_50", { number($0.percentiles?.median) }), ("percentile_99", { number($0.percentiles?.ninetyNinth) }),
    ("l1_norm", { number($0.l1Norm) }), ("maximum_norm", { number($0.maximumNorm) }),
    ("minimum_index", { $0.minimumIndex.map(String.init) ?? "" }),
    ("maximum_index", { $0.maximumIndex.map(String.init) ?? "" }),
    ("near_zero_fraction", { number($0.nearZeroFraction) }),
  ]

  var text: String {
    let hasStatistics = inspection.tensors.contains { $0.statistics != nil }
    let columns = hasStatistics ? TensorCSV.columns : []
    var text =
      (["name", "dtype", "shape", "count", "stored_bytes"] + columns.map(\.name)).joined(separator: ",") + "\n"
    for tensor in inspection.tensors {
      let description = tensor.description
      var cells = [
        CSVField.quoted(description.name), description.typeName,
        description.shape.map(String.init).joined(separator: "x"), "\(description.count)", "\(tensor.storedBytes)",
      ]
      if let statistics = tensor.statistics { cells += columns.map { $0.value(statistics) } }
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }

  /// The shortest digits that give the number back; nothing where there is none.
  private static func number(_ value: Double?) -> String {
    guard let value else { return "" }
    return value.isFinite ? value.description : Text.nonFinite(value)
  }
}
