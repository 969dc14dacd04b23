/// How far apart two values may be and still count as the same: |a − b| ≤ absolute + relative · max(|a|, |b|).
///
/// Unlike NumPy's `isclose`, which measures against the second value only, this is symmetric: comparing A with B and B
/// with A gives the same answer.
public struct Tolerance: Equatable, Sendable {
  /// The absolute part, at least 0.
  public let absolute: Double
  /// The part relative to the larger magnitude, at least 0.
  public let relative: Double

  /// No difference is tolerated.
  public static let none = Tolerance(absolute: 0, relative: 0)

  /// A tolerance. Negative numbers and NaN count as 0.
  public init(absolute: Double, relative: Double) {
    // `max` would let NaN through.
    self.absolute = absolute > 0 ? absolute : 0
    self.relative = relative > 0 ? relative : 0
  }

  /// Whether two values count as the same. NaN is the same as NaN; an infinity is the same only as itself.
  func accepts(_ a: Double, _ b: Double) -> Bool {
    if a == b || (a.isNaN && b.isNaN) { return true }
    guard a.isFinite, b.isFinite else { return false }
    return covers((a - b).magnitude, between: a, b)
  }

  /// Whether a distance lies within the tolerance for two finite values.
  func covers(_ distance: Double, between a: Double, _ b: Double) -> Bool {
    distance <= absolute + relative * max(a.magnitude, b.magnitude)
  }
}
