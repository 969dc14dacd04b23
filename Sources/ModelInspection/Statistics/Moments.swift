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

  /// The moments of values that were summed up elsewhere.
  init(exponent: Int, count: Double, mean: Double, squaredDeviations: Double, squares: Double) {
    self.exponent = exponent
    self.count = count
    scaledMean = mean
    self.squaredDeviations = squaredDeviations
    self.squares = squares
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

  /// Moves to a larger unit. What vanishes is too small to show beside the values that need it.
  private mutating func rescale(to larger: Int) {
    guard larger > exponent else { return }
    let ratio = Moments.power(exponent - larger)
    scaledMean *= ratio
    squaredDeviations *= ratio * ratio
    squares *= ratio * ratio
    exponent = larger
  }
}
