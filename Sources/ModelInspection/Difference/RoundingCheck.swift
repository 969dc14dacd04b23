import ModelFormat

/// Whether each value on the right is the one on the left, rounded to a narrower type: to nearest, ties to even.
struct RoundingCheck {
  private let rounding: RoundingToType?
  /// Whether that holds so far.
  private(set) var holds: Bool

  /// - Parameter type: the type that values of `left` may have been rounded to; they are wider, or it does not hold.
  init(_ type: DataType, left: DataType) {
    rounding = left.byteCount > type.byteCount && left.isFloatingPoint ? RoundingToType(type) : nil
    holds = rounding != nil
  }

  mutating func include(_ left: UnsafeBufferPointer<Double>, _ right: UnsafeBufferPointer<Double>) {
    guard holds, let rounding else { return }
    for index in 0..<min(left.count, right.count) {
      let (a, b) = unsafe (left[index], right[index])
      if rounding.nearest(to: a) == b || (a.isNaN && b.isNaN) { continue }
      holds = false
      return
    }
  }

  mutating func merge(_ next: RoundingCheck) { holds = holds && next.holds }
}

/// Rounds numbers to a floating-point type with less precision, as IEEE 754 has it.
struct RoundingToType: Sendable {
  private let droppedBits: UInt64
  private let leastNormal: Double
  /// Added to a smaller number and taken away again, it leaves a multiple of the least number above 0.
  private let subnormalShift: Double
  private let greatest: Double

  /// nil for types that are not floating-point, and for those without less precision than `Double`.
  init?(_ type: DataType) {
    guard case .floatingPoint(let exponentBits, let fractionBits) = type.kind, fractionBits < 52 else { return nil }
    let bias = 1 << (exponentBits - 1) - 1
    droppedBits = UInt64(52 - fractionBits)
    leastNormal = Double(sign: .plus, exponent: 1 - bias, significand: 1)
    subnormalShift = Double(sign: .plus, exponent: 1 - bias - fractionBits + 52, significand: 1.5)
    greatest = Double(
      sign: .plus, exponent: bias, significand: 2 - Double(sign: .plus, exponent: -fractionBits, significand: 1))
  }

  /// The number of the type that is nearest; infinite beyond its greatest one.
  @inline(__always)
  func nearest(to value: Double) -> Double {
    guard value.isFinite else { return value }
    let magnitude = value.magnitude
    let rounded: Double
    if magnitude < leastNormal {
      rounded = magnitude + subnormalShift - subnormalShift
    } else {
      let bits = magnitude.bitPattern
      let isOdd = (bits &>> droppedBits) & 1
      let sum = bits &+ (1 &<< (droppedBits &- 1)) &- 1 &+ isOdd
      rounded = Double(bitPattern: (sum &>> droppedBits) &<< droppedBits)
    }
    let result = rounded > greatest ? .infinity : rounded
    return value < 0 ? -result : result
  }
}
