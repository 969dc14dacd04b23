import ModelFormat

/// Counts the representable numbers between two values of a floating-point type.
///
/// Read as an integer, the bits of a positive IEEE 754 number grow by one from each number to the next; negative
/// numbers are mirrored, so that −0 and 0 fall together.
struct UnitsInLastPlace {
  private let isSingle: Bool
  /// How many bits of a `Double`'s fraction the type lacks.
  private let shift: UInt64
  /// What the exponent of the least normal number of the type is among those of `Double`, in the place of the exponent.
  private let offset: UInt64
  /// Below the least normal number, numbers of the type are the multiples of 1 / `subnormalScale`.
  private let leastNormal: Double
  private let subnormalScale: Double

  /// nil for types that are not floating-point.
  init?(_ type: DataType) {
    switch type.kind {
    case .floatingPoint(let exponentBits, let fractionBits):
      self.init(exponentBits: exponentBits, fractionBits: fractionBits)
    case .signedInteger, .unsignedInteger, .boolean: return nil
    }
  }

  /// The units of a type of IEEE 754's layout, each of whose numbers is a `Double`.
  ///
  /// - Parameters:
  ///   - exponentBits: 2 to 11.
  ///   - fractionBits: at most 52.
  init(exponentBits: Int, fractionBits: Int) {
    isSingle = exponentBits == 8 && fractionBits == 23
    shift = UInt64(52 - fractionBits)
    let bias = 1 << (exponentBits - 1) - 1
    offset = UInt64(1023 - bias) << UInt64(fractionBits)
    // The subnormal numbers of the widest exponent are those of `Double`, whose bits are right as they are.
    leastNormal = exponentBits < 11 ? Double(sign: .plus, exponent: 1 - bias, significand: 1) : 0
    subnormalScale = exponentBits < 11 ? Double(sign: .plus, exponent: bias - 1 + fractionBits, significand: 1) : 1
  }

  /// The distance between two finite values that the type can hold.
  func distance(_ a: Double, _ b: Double) -> UInt64 {
    // Both ordinals are below 2⁶³ in magnitude, so that their difference fits in 64 bits without a sign.
    let (left, right) = (ordinal(a), ordinal(b))
    return left > right ? UInt64(bitPattern: left &- right) : UInt64(bitPattern: right &- left)
  }

  /// The largest distance between the values of two blocks of the same size, all of them finite.
  func largestDistance(_ left: UnsafeBufferPointer<Double>, _ right: UnsafeBufferPointer<Double>) -> UInt64 {
    guard isSingle else {
      var largest: UInt64 = 0
      for index in left.indices { largest = unsafe max(largest, distance(left[index], right[index])) }
      return largest
    }
    // The most frequent type, without a question about types for every value.
    var largest: Int64 = 0
    for index in left.indices {
      let difference =
        unsafe UnitsInLastPlace.ordinal(single: left[index]) &- UnitsInLastPlace.ordinal(single: right[index])
      largest = max(largest, difference < 0 ? 0 &- difference : difference)
    }
    return UInt64(largest)
  }

  @inline(__always)
  private static func ordinal(single value: Double) -> Int64 {
    let bits = Float(value).bitPattern
    let magnitude = Int64(bits & 0x7FFF_FFFF)
    return bits >> 31 == 0 ? magnitude : 0 &- magnitude
  }

  /// The place of a finite value among all values of the type; 0 for 0.
  private func ordinal(_ value: Double) -> Int64 {
    let magnitude =
      value.magnitude < leastNormal
      ? UInt64(value.magnitude * subnormalScale) : (value.magnitude.bitPattern &>> shift) &- offset
    return value < 0 ? -Int64(magnitude) : Int64(magnitude)
  }
}
