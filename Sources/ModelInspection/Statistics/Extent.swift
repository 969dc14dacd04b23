import ModelFormat

/// What kinds of values there are, between which bounds, and where the first of each of these is.
struct Extent {
  private(set) var count = 0
  private(set) var zeros = 0
  private(set) var negativeZeros = 0
  private(set) var subnormals = 0
  private(set) var nan = 0
  private(set) var positiveInfinity = 0
  private(set) var negativeInfinity = 0
  private(set) var minimum = Double.infinity
  private(set) var maximum = -Double.infinity
  /// The place of the first value that is the least one.
  private(set) var minimumIndex: Int?
  private(set) var maximumIndex: Int?
  private(set) var firstNonFiniteIndex: Int?

  /// Nothing yet.
  init() {}

  /// The extent of values that are all finite, of which `first` is one; where the bounds are is not looked for.
  ///
  /// - Parameter leastNormal: smaller magnitudes are 0 or subnormal.
  init(finite block: UnsafeBufferPointer<Double>, first: Double, leastNormal: Double) {
    var small = SIMD8<Int64>()
    var low = SIMD8<Double>(repeating: first)
    var high = low
    for index in unsafe 0..<block.vectorCount {
      let values = unsafe block.vector(at: index, filling: first)
      small.count(values.magnitude .< leastNormal)
      low.formMinimum(values)
      high.formMaximum(values)
    }
    count = block.count
    minimum = low.min()
    maximum = high.max()
    if small.wrappedSum() > 0 { unsafe countSmall(block, leastNormal) }
  }

  /// The extent of any values.
  ///
  /// - Parameter start: the place of the first of them.
  init(_ block: UnsafeBufferPointer<Double>, at start: Int, leastNormal: Double) {
    count = block.count
    for index in 0..<block.count {
      let value = unsafe block[index]
      if value.isFinite {
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        continue
      }
      if firstNonFiniteIndex == nil { firstNonFiniteIndex = start + index }
      if value.isNaN {
        nan += 1
      } else if value > 0 {
        positiveInfinity += 1
      } else {
        negativeInfinity += 1
      }
    }
    unsafe countSmall(block, leastNormal)
  }

  /// Counts zeros and subnormal numbers, in a walk of its own: most blocks have none.
  private mutating func countSmall(_ block: UnsafeBufferPointer<Double>, _ leastNormal: Double) {
    var (small, zero, negative) = (SIMD8<Int64>(), SIMD8<Int64>(), SIMD8<Int64>())
    for index in unsafe 0..<block.vectorCount {
      let values = unsafe block.vector(at: index, filling: .infinity)
      small.count(values.magnitude .< leastNormal)
      zero.count(values .== 0)
      negative.count(unsafe unsafeBitCast(values, to: SIMD8<Int64>.self) .== Int64.min)
    }
    zeros = Int(zero.wrappedSum())
    negativeZeros = Int(negative.wrappedSum())
    subnormals = Int(small.wrappedSum()) - zeros
  }

  /// Whether no value is finite.
  var isEmpty: Bool { count == nan + positiveInfinity + negativeInfinity }

  /// The largest magnitude of a finite value; infinite when there is none.
  var largestMagnitude: Double { max(minimum.magnitude, maximum.magnitude) }

  mutating func merge(_ other: Extent) {
    count += other.count
    zeros += other.zeros
    negativeZeros += other.negativeZeros
    subnormals += other.subnormals
    nan += other.nan
    positiveInfinity += other.positiveInfinity
    negativeInfinity += other.negativeInfinity
    if other.minimum < minimum { (minimum, minimumIndex) = (other.minimum, other.minimumIndex) }
    if other.maximum > maximum { (maximum, maximumIndex) = (other.maximum, other.maximumIndex) }
    firstNonFiniteIndex = firstNonFiniteIndex ?? other.firstNonFiniteIndex
  }

  /// Merges the extent of the next block, and finds the place of a bound that lies beyond those so far: most blocks
  /// hold none.
  mutating func merge(_ other: Extent, of block: UnsafeBufferPointer<Double>, at start: Int) {
    var other = other
    if other.minimum < minimum {
      other.minimumIndex = unsafe block.firstIndex(of: other.minimum).map { start + $0 }
    }
    if other.maximum > maximum {
      other.maximumIndex = unsafe block.firstIndex(of: other.maximum).map { start + $0 }
    }
    merge(other)
  }
}

extension DataType {
  /// The least positive number of which each smaller one is 0 or subnormal. Integers have no subnormal numbers.
  var leastNormal: Double {
    guard case .floatingPoint(let exponentBits, _) = kind else { return .leastNonzeroMagnitude }
    return Double(sign: .plus, exponent: 2 - (1 << (exponentBits - 1)), significand: 1)
  }
}
