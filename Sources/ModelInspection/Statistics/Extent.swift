/// What kinds of values there are, and between which bounds.
struct Extent {
  private(set) var count = 0
  private(set) var zeros = 0
  private(set) var nan = 0
  private(set) var positiveInfinity = 0
  private(set) var negativeInfinity = 0
  private(set) var minimum = Double.infinity
  private(set) var maximum = -Double.infinity

  /// Nothing yet.
  init() {}

  /// The extent of values that are all finite, of which `first` is one.
  init(finite block: UnsafeBufferPointer<Double>, first: Double) {
    var zeros = SIMD8<Int64>()
    var low = SIMD8<Double>(repeating: first)
    var high = low
    for index in unsafe 0..<block.vectorCount {
      let values = unsafe block.vector(at: index, filling: first)
      zeros.count(values .== 0)
      low.formMinimum(values)
      high.formMaximum(values)
    }
    let filled = unsafe block.vectorCount * 8 - block.count
    count = block.count
    self.zeros = Int(zeros.wrappedSum()) - (first == 0 ? filled : 0)
    minimum = low.min()
    maximum = high.max()
  }

  /// The extent of any values.
  init(_ block: UnsafeBufferPointer<Double>) {
    count = block.count
    for index in 0..<block.count {
      let value = unsafe block[index]
      if value.isFinite {
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        if value == 0 { zeros += 1 }
      } else if value.isNaN {
        nan += 1
      } else if value > 0 {
        positiveInfinity += 1
      } else {
        negativeInfinity += 1
      }
    }
  }

  /// Whether no value is finite.
  var isEmpty: Bool { count == nan + positiveInfinity + negativeInfinity }

  /// The largest magnitude of a finite value; infinite when there is none.
  var largestMagnitude: Double { max(minimum.magnitude, maximum.magnitude) }

  mutating func merge(_ other: Extent) {
    count += other.count
    zeros += other.zeros
    nan += other.nan
    positiveInfinity += other.positiveInfinity
    negativeInfinity += other.negativeInfinity
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
  }
}
