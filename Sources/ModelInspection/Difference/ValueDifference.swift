import ModelFormat

/// How the values of two tensors of the same shape differ.
public struct ValueDifference: Equatable, Sendable {
  /// One pair of values and its place.
  public struct Place: Equatable, Sendable {
    /// The index along each dimension.
    public let index: [Int]
    /// The value in the first tensor.
    public let left: Double
    /// The value in the second tensor.
    public let right: Double
  }

  /// The number of values in each tensor.
  public let count: Int
  /// How many pairs differ by more than the tolerance.
  public let differing: Int
  /// The largest |a − b| of all pairs; infinite where only one is infinite, they are opposite infinities or too far
  /// apart for a `Double`; NaN where only one is NaN and no other pair differs more definitely.
  public let maximumAbsoluteDifference: Double
  /// Where that is; nil when all pairs are equal.
  public let place: Place?
  /// ‖a − b‖ / ‖a‖ over the pairs in which both values are finite; infinite when only ‖a‖ is 0, 0 when both norms are.
  public let relativeL2: Double
  /// How many pairs hold a NaN or an infinity on one side and something else on the other.
  public let nonFinite: Int
  /// The largest distance in units in the last place: how many representable numbers lie between the two values.
  /// nil for types that are not floating-point, or when the types differ.
  public let maximumUnitsInLastPlace: UInt64?
}
