/// The numbers below which certain parts of a tensor's finite values lie.
///
/// Exact, with linear interpolation between neighbours, as NumPy's `percentile` does by default: of n values in ascending
/// order, x₀…xₙ₋₁, the p-th percentile is the number at place p/100 · (n − 1). 64-bit integers are rounded to the
/// nearest double first.
public struct Percentiles: Equatable, Sendable {
  /// The 1st percentile.
  public let first: Double
  /// The 50th percentile.
  public let median: Double
  /// The 99th percentile.
  public let ninetyNinth: Double

  private static let fractions = [0.01, 0.5, 0.99]

  /// The two neighbouring ranks of each percentile among `count` values, one after the other, ascending.
  static func ranks(count: Int) -> [Int] {
    guard count > 0 else { return [] }
    return fractions.flatMap { fraction in
      let rank = min(Int(Double(count - 1) * fraction), count - 1)
      return [rank, min(rank + 1, count - 1)]
    }
  }

  /// - Parameter neighbours: the numbers at these ranks; nil results where some are missing.
  init?(_ neighbours: [Double], count: Int) {
    guard count > 0, neighbours.count == 2 * Percentiles.fractions.count else { return nil }
    let found = Percentiles.fractions.indices.map { place in
      let position = Double(count - 1) * Percentiles.fractions[place]
      return Percentiles.interpolate(
        neighbours[2 * place], neighbours[2 * place + 1], position - position.rounded(.down))
    }
    (first, median, ninetyNinth) = (found[0], found[1], found[2])
  }

  /// In the order of operations of NumPy, except where the difference overflows.
  private static func interpolate(_ low: Double, _ high: Double, _ part: Double) -> Double {
    let difference = high - low
    if !difference.isFinite { return low * (1 - part) + high * part }
    // The sum turns −0 into 0.
    return (part >= 0.5 ? high - difference * (1 - part) : low + difference * part) + 0
  }
}
