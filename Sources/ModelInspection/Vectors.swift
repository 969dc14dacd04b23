/// Doubles taken eight at a time.
///
/// The processor adds eight partial sums side by side, and rounding errors grow eight times slower than in a single sum.
extension UnsafeBufferPointer<Double> {
  /// How many vectors it takes to hold all elements.
  var vectorCount: Int { (count &+ 7) / 8 }

  /// The vector at a place among them; the last one is filled up with `filling`.
  @inline(__always)
  func vector(at index: Int, filling: Double) -> SIMD8<Double> {
    let start = index &* 8
    guard start &+ 8 > count else {
      return unsafe UnsafeRawBufferPointer(self).loadUnaligned(fromByteOffset: start &* 8, as: SIMD8<Double>.self)
    }
    var rest = SIMD8<Double>(repeating: filling)
    for lane in 0..<count &- start { rest[lane] = unsafe self[start &+ lane] }
    return rest
  }
}

extension SIMD8<Double> {
  /// The absolute values.
  @inline(__always)
  var magnitude: SIMD8<Double> {
    unsafe unsafeBitCast(
      unsafeBitCast(self, to: SIMD8<UInt64>.self) & SIMD8<UInt64>(repeating: 0x7FFF_FFFF_FFFF_FFFF),
      to: SIMD8<Double>.self)
  }

  /// Takes the elements of `other` that are less than these.
  @inline(__always)
  mutating func formMinimum(_ other: SIMD8<Double>) { replace(with: other, where: other .< self) }

  /// Takes the elements of `other` that are greater than these.
  @inline(__always)
  mutating func formMaximum(_ other: SIMD8<Double>) { replace(with: other, where: other .> self) }
}

extension SIMD8<Int64> {
  /// Counts the elements for which a condition holds.
  @inline(__always)
  mutating func count(_ condition: SIMDMask<SIMD8<Int64>>) {
    self &+= SIMD8<Int64>().replacing(with: SIMD8<Int64>(repeating: 1), where: condition)
  }
}
