/// ‖a − b‖ / ‖a‖ over values that come piece by piece, from sums of squares in double precision.
struct RelativeDifference: Sendable {
  private var difference = 0.0
  private var left = 0.0
  private var isOther = false

  /// Adds the values of a piece, as many on both sides.
  mutating func add(_ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>) {
    for index in 0..<min(a.count, b.count) {
      let (x, y) = unsafe (a[index], b[index])
      isOther = isOther || x.bitPattern != y.bitPattern
      difference += (Double(x) - Double(y)) * (Double(x) - Double(y))
      left += Double(x) * Double(x)
    }
  }

  /// Adds what was found of the next piece.
  mutating func merge(_ other: RelativeDifference) {
    difference += other.difference
    left += other.left
    isOther = isOther || other.isOther
  }

  /// Whether all values have equal bits.
  var isNone: Bool { !isOther }

  /// 0 where all values are equal, or have equal bits; infinite where only those on the left are all 0; nil where one is
  /// not finite.
  var value: Double? {
    if isNone { return 0 }
    guard difference.isFinite, left.isFinite else { return nil }
    return difference == 0 ? 0 : (difference / left).squareRoot()
  }
}
