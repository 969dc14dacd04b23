/// How far values that a network computes in binary32 may lie outside bounds that are found in exact arithmetic.
enum RoundingMargin {
  /// The unit roundoff of binary32.
  static let unit = 0x1p-24

  /// γₙ = n u / (1 − n u): a sum of n products in any order is Σ aᵢ bᵢ (1 + δᵢ) with |δᵢ| ≤ γₙ, unless something
  /// underflows (N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 2002, §3.1). ∞ where n u is not small.
  static func ofSum(_ count: Int) -> Double {
    let product = Double(count) * unit
    return product < 0.5 ? product / (1 - product) : .infinity
  }

  /// The relative error of a function of one value: the loops are good to a few units in the last place.
  static let ofFunction = 0x1p-20

  /// Bounds moved outward by a relative error. Signs stay: what cannot be positive cannot become so by rounding.
  static func outward(_ lower: Double, _ upper: Double, by error: Double) -> (lower: Double, upper: Double) {
    (lower - lower.magnitude * error, upper + upper.magnitude * error)
  }
}
