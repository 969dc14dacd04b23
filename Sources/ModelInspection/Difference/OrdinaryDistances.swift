/// Distances between values as weights have them: finite, and with squares that neither overflow nor vanish. They are
/// compared eight at a time.
struct OrdinaryDistances {
  /// A block is ordinary when its largest magnitude lies in here or is 0. Values so much smaller that their squares
  /// vanish do not show in the sum.
  private static let magnitudes = 0x1p-400...0x1p400

  /// Σa².
  let leftSquares: Double
  /// Σ(a − b)².
  let squares: Double
  /// The largest |a − b|.
  let largest: Double
  /// How many pairs differ by more than the tolerance.
  let differing: Int

  /// Compares two blocks of the same size; nil when they are not ordinary.
  init?(_ left: UnsafeBufferPointer<Double>, _ right: UnsafeBufferPointer<Double>, _ tolerance: Tolerance) {
    var (leftSquares, squares) = (SIMD8<Double>(), SIMD8<Double>())
    var (largest, largestLeft) = (SIMD8<Double>(), SIMD8<Double>())
    var differing = SIMD8<Int64>()
    let (absolute, relative) = (SIMD8<Double>(repeating: tolerance.absolute), tolerance.relative)
    for index in unsafe 0..<left.vectorCount {
      // Filled up with zeros, which differ in nothing.
      let (a, b) = unsafe (left.vector(at: index, filling: 0), right.vector(at: index, filling: 0))
      let distance = (a - b).magnitude
      var larger = a.magnitude
      largestLeft.formMaximum(larger)
      larger.formMaximum(b.magnitude)
      largest.formMaximum(distance)
      differing.count(distance .> absolute + larger * relative)
      leftSquares += a * a
      squares += distance * distance
    }
    self.leftSquares = leftSquares.sum()
    self.squares = squares.sum()
    self.largest = largest.max()
    self.differing = Int(differing.wrappedSum())
    // NaN and infinities on either side show in one of the sums.
    guard self.leftSquares.isFinite, self.squares.isFinite else { return nil }
    for magnitude in [self.largest, largestLeft.max()]
    where magnitude != 0 && !OrdinaryDistances.magnitudes.contains(magnitude) {
      return nil
    }
  }
}
