import ModelFormat

/// Counts the representable numbers between two values of a floating-point type.
///
/// Read as an integer, the bits of a positive IEEE 754 number grow by one from each number to the next; negative
/// numbers are mirrored, so that −0 and 0 fall together.
struct UnitsInLastPlace {
  private let dataType: DataType

  /// nil for types that are not floating-point.
  init?(_ type: DataType) {
    guard type.isFloatingPoint else { return nil }
    dataType = type
  }

  /// The distance between two finite values that the type can hold.
  func distance(_ a: Double, _ b: Double) -> UInt64 {
    // Both ordinals are below 2⁶³ in magnitude, so that their difference fits in 64 bits without a sign.
    let (left, right) = (ordinal(a), ordinal(b))
    return left > right ? UInt64(bitPattern: left &- right) : UInt64(bitPattern: right &- left)
  }

  /// The largest distance between the values of two blocks of the same size, all of them finite.
  func largestDistance(_ left: UnsafeBufferPointer<Double>, _ right: UnsafeBufferPointer<Double>) -> UInt64 {
    guard dataType == .float32 else {
      var largest: UInt64 = 0
      for index in left.indices { largest = max(largest, distance(left[index], right[index])) }
      return largest
    }
    // The most frequent type, without a question about types for every value.
    var largest: Int64 = 0
    for index in left.indices {
      let difference = UnitsInLastPlace.ordinal(single: left[index]) &- UnitsInLastPlace.ordinal(single: right[index])
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
    let magnitude: UInt64
    switch dataType {
    case .float32: magnitude = UInt64(Float(value.magnitude).bitPattern)
    case .bfloat16: magnitude = UInt64(Float(value.magnitude).bitPattern >> 16)
    case .float16:
      // Below 2⁻¹⁴, the least normal number, half-precision numbers are the multiples of 2⁻²⁴.
      magnitude =
        value.magnitude < 0x1p-14
        ? UInt64(value.magnitude * 0x1p24)
        : UInt64((Float(value.magnitude).bitPattern - Float(0x1p-14).bitPattern) >> 13) + 1024
    default: magnitude = value.magnitude.bitPattern
    }
    return value < 0 ? -Int64(magnitude) : Int64(magnitude)
  }
}
