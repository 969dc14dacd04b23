/// Distances between values as weights have them: finite, and with squares that neither overflow nor vanish. They are
/// compared eight at a time.
struct OrdinaryDistances {
  /// A block is ordinary when its largest magnitude lies in here or is 0. Values so much smaller that their squares
  /// vanish do not show in the sum.
  private static let magnitudes = 0x1p-400...0x1p400

  /// Σa².
  let leftSquares: Double
  /// Σb².
  let rightSquares: Double
  /// Σab.
  let product: Double
  /// Σ(a − b)².
  let squares: Double
  /// The largest |a − b|.
  let largest: Double
  /// How many pairs differ by more than the tolerance.
  let differing: Int
  /// How many pairs are not the same bits.
  let bitwiseDiffering: Int
  /// How many pairs are on either side of 0.
  let signFlips: Int

  /// Compares two blocks of the same size; nil when they are not ordinary.
  init?(_ left: UnsafeBufferPointer<Double>, _ right: UnsafeBufferPointer<Double>, _ tolerance: Tolerance) {
    var (leftSquares, rightSquares) = (SIMD8<Double>(), SIMD8<Double>())
    var (squares, product) = (SIMD8<Double>(), SIMD8<Double>())
    var (largest, largestLeft, largestRight) = (SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>())
    var (differing, bitwise, flips) = (SIMD8<Int64>(), SIMD8<Int64>(), SIMD8<Int64>())
    let (absolute, relative) = (SIMD8<Double>(repeating: tolerance.absolute), tolerance.relative)
    for index in unsafe 0..<left.vectorCount {
      // Filled up with zeros, which differ in nothing.
      let (a, b) = unsafe (left.vector(at: index, filling: 0), right.vector(at: index, filling: 0))
      let distance = (a - b).magnitude
      let (first, second) = (a.magnitude, b.magnitude)
      largestLeft.formMaximum(first)
      largestRight.formMaximum(second)
      var larger = first
      larger.formMaximum(second)
      flips.count(((a .< 0) .& (b .> 0)) .| ((a .> 0) .& (b .< 0)))
      largest.formMaximum(distance)
      differing.count(distance .> absolute + larger * relative)
      bitwise.count(a.bits .!= b.bits)
      leftSquares += a * a
      rightSquares += b * b
      product += a * b
      squares += distance * distance
    }
    self.leftSquares = leftSquares.sum()
    self.rightSquares = rightSquares.sum()
    self.product = product.sum()
    self.squares = squares.sum()
    self.largest = largest.max()
    self.differing = Int(differing.wrappedSum())
    bitwiseDiffering = Int(bitwise.wrappedSum())
    signFlips = Int(flips.wrappedSum())
    // NaN and infinities on either side show in one of the sums.
    guard self.leftSquares.isFinite, self.rightSquares.isFinite, self.squares.isFinite else { return nil }
    for magnitude in [self.largest, largestLeft.max(), largestRight.max()]
    where magnitude != 0 && !OrdinaryDistances.magnitudes.contains(magnitude) {
      return nil
    }
  }
}

extension SIMD8<Double> {
  @inline(__always)
  fileprivate var bits: SIMD8<Int64> { unsafe unsafeBitCast(self, to: SIMD8<Int64>.self) }
}
