/// Extent and moments of values: everything but the histogram, whose edges depend on the extent.
struct ValueSummary {
  private(set) var extent = Extent()
  private(set) var moments = Moments()

  mutating func merge(_ other: ValueSummary) {
    extent.merge(other.extent)
    moments.merge(other.moments)
  }

  mutating func include(_ block: UnsafeBufferPointer<Double>) {
    guard let base = block.baseAddress, block.count > 0 else { return }
    merge(ValueSummary.ordinary(block, base) ?? ValueSummary(any: block))
  }

  private init(extent: Extent, moments: Moments) {
    self.extent = extent
    self.moments = moments
  }

  init() {}

  /// The summary of values as weights have them: finite, and with squares that are finite too. nil for others.
  private static func ordinary(
    _ block: UnsafeBufferPointer<Double>, _ base: UnsafePointer<Double>
  ) -> ValueSummary? {
    var (sum, square, zeros) = (SIMD8<Double>(), SIMD8<Double>(), SIMD8<Int64>())
    var low = SIMD8<Double>(repeating: base[0])
    var high = low
    // Filled up with zeros, which add nothing, and behind it with a value that is in the block.
    for index in 0..<block.vectorCount {
      let values = block.vector(at: index, filling: 0)
      sum += values
      square += values * values
      zeros.count(values .== 0)
    }
    for index in 0..<block.vectorCount {
      let values = block.vector(at: index, filling: base[0])
      low.formMinimum(values)
      high.formMaximum(values)
    }
    let (count, squares) = (Double(block.count), square.sum())
    // A NaN or an infinity among the values shows in the sum of squares.
    guard squares.isFinite else { return nil }
    let extent = Extent(
      count: block.count, zeros: Int(zeros.wrappedSum()) - (block.vectorCount * 8 - block.count), minimum: low.min(),
      maximum: high.max())
    let exponent = Moments.exponent(forMagnitude: extent.largestMagnitude)
    guard exponent == 0 || extent.largestMagnitude == 0 else { return nil }
    let mean = sum.sum() / count
    var deviations = SIMD8<Double>()
    for index in 0..<block.vectorCount {
      let deviation = block.vector(at: index, filling: mean) - mean
      deviations += deviation * deviation
    }
    return ValueSummary(
      extent: extent,
      moments: Moments(
        exponent: exponent, count: count, mean: mean, squaredDeviations: deviations.sum(), squares: squares))
  }

  /// The summary of any values.
  private init(any block: UnsafeBufferPointer<Double>) {
    extent = Extent(block)
    guard !extent.isEmpty else { return }
    let exponent = Moments.exponent(forMagnitude: extent.largestMagnitude)
    let factor = 1 / Moments.power(exponent)
    var (sum, square, count) = (0.0, 0.0, 0.0)
    for value in block where value.isFinite {
      sum += value * factor
      square += (value * factor) * (value * factor)
      count += 1
    }
    let mean = sum / count
    var deviations = 0.0
    for value in block where value.isFinite {
      let deviation = value * factor - mean
      deviations += deviation * deviation
    }
    moments = Moments(
      exponent: exponent, count: count, mean: mean, squaredDeviations: deviations, squares: square)
  }
}
