/// A map of input values, x ↦ scale · x + offset, that is found from the training data and then used for all data.
///
/// Values that are not finite are left out of account.
public struct InputScaling: Sendable, Equatable {
  /// The factor.
  public let scale: Double
  /// The summand.
  public let offset: Double

  /// Standardisation: the values get the mean 0 and the standard deviation 1.
  ///
  /// scale = 1/σ and offset = −μ/σ with μ = Σx / n and σ² = Σ(x − μ)² / n. Where all values are equal, scale is 1.
  /// Time: O(n).
  ///
  /// - Throws: `NetworkError` with the code `valueOutOfRange` if no value is finite, or their deviation is not.
  public static func standardizing<Scalar: NetworkScalar>(
    _ values: some Sequence<Scalar>
  ) throws(NetworkError) -> InputScaling {
    // Welford's recurrence (1962): one pass, and no difference of large sums.
    var (count, mean, squares) = (0.0, 0.0, 0.0)
    for value in values where value.isFinite {
      count += 1
      let difference = Double(value) - mean
      mean += difference / count
      squares += difference * (Double(value) - mean)
    }
    let deviation = (squares / count).squareRoot()
    return try scaling(by: deviation > 0 ? 1 / deviation : 1, zeroAt: mean, count: Int(count))
  }

  /// The least value becomes 0, the greatest 1.
  ///
  /// scale = 1 / (max − min) and offset = −min / (max − min). Where all values are equal, scale is 1. Time: O(n).
  ///
  /// - Throws: `NetworkError` with the code `valueOutOfRange` if no value is finite, or their range is not.
  public static func unitRange<Scalar: NetworkScalar>(
    _ values: some Sequence<Scalar>
  ) throws(NetworkError) -> InputScaling {
    var (count, low, high) = (0, Double.infinity, -Double.infinity)
    for value in values where value.isFinite {
      count += 1
      low = min(low, Double(value))
      high = max(high, Double(value))
    }
    return try scaling(by: high > low ? 1 / (high - low) : 1, zeroAt: low, count: count)
  }

  private static func scaling(
    by scale: Double, zeroAt zero: Double, count: Int
  ) throws(NetworkError) -> InputScaling {
    let offset = 0 - zero * scale
    guard count > 0, scale.isFinite, scale > 0, offset.isFinite else {
      throw NetworkError(
        .valueOutOfRange, at: "input scaling", expected: "finite values with a finite spread",
        found: count == 0 ? "no finite value" : "the scale \(scale) and the offset \(offset)")
    }
    return InputScaling(scale: scale, offset: offset)
  }
}
