/// The first pass: what kinds of values there are, and between which bounds.
struct Extent {
  private(set) var count = 0
  private(set) var zeros = 0
  private(set) var nan = 0
  private(set) var positiveInfinity = 0
  private(set) var negativeInfinity = 0
  private(set) var minimum = Double.infinity
  private(set) var maximum = -Double.infinity

  /// Whether no value is finite.
  var isEmpty: Bool { count == nan + positiveInfinity + negativeInfinity }

  mutating func include(_ block: UnsafeBufferPointer<Double>) {
    count += block.count
    var (low, high) = (Double.infinity, -Double.infinity)
    var (zeroCount, finiteCount) = (0, 0)
    for value in block {
      let isFinite = value.magnitude <= .greatestFiniteMagnitude
      finiteCount += isFinite ? 1 : 0
      zeroCount += value == 0 ? 1 : 0
      low = isFinite && value < low ? value : low
      high = isFinite && value > high ? value : high
    }
    zeros += zeroCount
    minimum = min(minimum, low)
    maximum = max(maximum, high)
    guard finiteCount < block.count else { return }
    for value in block {
      if value.isNaN { nan += 1 }
      if value == .infinity { positiveInfinity += 1 }
      if value == -.infinity { negativeInfinity += 1 }
    }
  }

  /// A power of two by which values are divided before they are squared, so that nothing overflows or vanishes;
  /// 1 for the values that weights have. Its reciprocal is finite.
  var scale: Double {
    let largest = max(minimum.magnitude, maximum.magnitude)
    guard !isEmpty, largest > 0, !(0x1p-400...0x1p400).contains(largest) else { return 1 }
    return Double(sign: .plus, exponent: max(largest.exponent, -1022), significand: 1)
  }
}
