/// Mean, squared deviations and squares of finite values, in units of 2^`exponent` so that nothing overflows or vanishes.
///
/// Parts are merged as in T. F. Chan, G. H. Golub and R. J. LeVeque, "Updating formulae and a pairwise algorithm for
/// computing sample variances" (1979): with δ = mean_b − mean_a, M₂ = M₂a + M₂b + δ² · n_a · n_b / n. That loses no
/// digits where Σx² − (Σx)²/n would. The result depends on the parts and on their order, and on nothing else.
struct Moments {
  /// The unit of numbers that are all 0: any other one is larger.
  private static let leastExponent = -1022

  private var exponent = Moments.leastExponent
  private var count = 0.0
  private var scaledMean = 0.0
  private var squaredDeviations = 0.0
  private var squares = 0.0

  /// Nothing yet.
  init() {}

  /// The moments of values as weights have them: finite, and with squares that are finite too. nil for others.
  ///
  /// - Parameter largest: the largest magnitude, if all are finite.
  init?(ordinary block: UnsafeBufferPointer<Double>, largestMagnitude largest: Double) {
    var (sum, square) = (SIMD8<Double>(), SIMD8<Double>())
    // Filled up with zeros, which add nothing.
    for index in unsafe 0..<block.vectorCount {
      let values = unsafe block.vector(at: index, filling: 0)
      sum += values
      square += values * values
    }
    squares = square.sum()
    exponent = Moments.exponent(forMagnitude: largest)
    // A NaN or an infinity among the values shows in the sum of squares.
    guard squares.isFinite, exponent == 0 || largest == 0 else { return nil }
    count = Double(block.count)
    scaledMean = sum.sum() / count
    var deviations = SIMD8<Double>()
    for index in unsafe 0..<block.vectorCount {
      let deviation = unsafe block.vector(at: index, filling: scaledMean) - scaledMean
      deviations += deviation * deviation
    }
    squaredDeviations = deviations.sum()
  }

  /// The moments of the finite values among any, of which there is at least one.
  init(any block: UnsafeBufferPointer<Double>, largestMagnitude largest: Double) {
    exponent = Moments.exponent(forMagnitude: largest)
    let factor = 1 / Moments.power(exponent)
    var sum = 0.0
    for index in 0..<block.count {
      let value = unsafe block[index]
      guard value.isFinite else { continue }
      sum += value * factor
      squares += (value * factor) * (value * factor)
      count += 1
    }
    scaledMean = sum / count
    for index in 0..<block.count {
      let value = unsafe block[index]
      guard value.isFinite else { continue }
      let deviation = value * factor - scaledMean
      squaredDeviations += deviation * deviation
    }
  }

  var mean: Double { scaledMean * Moments.power(exponent) }
  var standardDeviation: Double {
    count > 0 ? (squaredDeviations / count).squareRoot() * Moments.power(exponent) : 0
  }
  var l2Norm: Double { squares.squareRoot() * Moments.power(exponent) }

  /// The exponent of the unit in which values of at most this magnitude can be squared; 0 for the values that weights
  /// have. The reciprocal of the unit is finite.
  static func exponent(forMagnitude largest: Double) -> Int {
    if largest == 0 { return leastExponent }
    return (0x1p-400...0x1p400).contains(largest) ? 0 : max(Int(largest.exponent), leastExponent)
  }

  static func power(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: 1) }

  mutating func merge(_ other: Moments) {
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    let common = max(exponent, other.exponent)
    rescale(to: common)
    var other = other
    other.rescale(to: common)
    let delta = other.scaledMean - scaledMean
    let total = count + other.count
    scaledMean += delta * (other.count / total)
    squaredDeviations += other.squaredDeviations + delta * delta * (count * other.count / total)
    squares += other.squares
    count = total
  }

  /// Moves to a larger unit. What vanishes is too small to show next to the values that need it.
  private mutating func rescale(to larger: Int) {
    guard larger > exponent else { return }
    let ratio = Moments.power(exponent - larger)
    scaledMean *= ratio
    squaredDeviations *= ratio * ratio
    squares *= ratio * ratio
    exponent = larger
  }
}
