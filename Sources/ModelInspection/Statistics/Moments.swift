/// Mean, sums of powers of deviations, and norms of finite values, in units of 2^`exponent` so that nothing overflows or
/// vanishes.
///
/// With Mₖ = Σ(x − mean)ᵏ, parts are merged by the formulas of P. Pébay, "Formulas for robust, one-pass parallel
/// computation of covariances and arbitrary-order statistical moments", Sandia report SAND2008-6212 (2008). That loses no
/// digits where Σx² − (Σx)²/n would. The result depends on the parts and on their order, and on nothing else.
struct Moments {
  /// The unit of numbers that are all 0: any other one is larger.
  private static let leastExponent = -1022
  /// The resolution of a double in decimal digits.
  private static let resolution = 1e-15

  private var exponent = Moments.leastExponent
  private var count = 0.0
  private var scaledMean = 0.0
  private var squaredDeviations = 0.0
  private var cubedDeviations = 0.0
  private var fourthDeviations = 0.0
  private var magnitudes = 0.0
  private var squares = 0.0

  /// Nothing yet.
  init() {}

  /// The moments of values as weights have them: finite, and with fourth powers that are finite too. nil for others.
  ///
  /// - Parameter largest: the largest magnitude, if all are finite.
  init?(ordinary block: UnsafeBufferPointer<Double>, largestMagnitude largest: Double) {
    var (sum, magnitude, square) = (SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>())
    // Filled up with zeros, which add nothing.
    for index in unsafe 0..<block.vectorCount {
      let values = unsafe block.vector(at: index, filling: 0)
      sum += values
      magnitude += values.magnitude
      square += values * values
    }
    magnitudes = magnitude.sum()
    squares = square.sum()
    exponent = Moments.exponent(forMagnitude: largest)
    // A NaN or an infinity among the values shows in the sum of squares.
    guard squares.isFinite, exponent == 0 || largest == 0 else { return nil }
    count = Double(block.count)
    scaledMean = sum.sum() / count
    var (second, third, fourth) = (SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>())
    for index in unsafe 0..<block.vectorCount {
      let deviation = unsafe block.vector(at: index, filling: scaledMean) - scaledMean
      let squared = deviation * deviation
      second += squared
      third += squared * deviation
      fourth += squared * squared
    }
    (squaredDeviations, cubedDeviations, fourthDeviations) = (second.sum(), third.sum(), fourth.sum())
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
      magnitudes += (value * factor).magnitude
      squares += (value * factor) * (value * factor)
      count += 1
    }
    scaledMean = sum / count
    for index in 0..<block.count {
      let value = unsafe block[index]
      guard value.isFinite else { continue }
      let deviation = value * factor - scaledMean
      let squared = deviation * deviation
      squaredDeviations += squared
      cubedDeviations += squared * deviation
      fourthDeviations += squared * squared
    }
  }

  var mean: Double { scaledMean * Moments.power(exponent) }
  var standardDeviation: Double {
    count > 0 ? (squaredDeviations / count).squareRoot() * Moments.power(exponent) : 0
  }
  var l1Norm: Double { magnitudes * Moments.power(exponent) }
  var l2Norm: Double { squares.squareRoot() * Moments.power(exponent) }

  /// Whether the deviation is no more than rounding leaves of equal values: SciPy's rule.
  private var isConstant: Bool {
    let trace = Moments.resolution * scaledMean
    return squaredDeviations <= trace * trace * count
  }

  /// g₁ = m₃ / m₂^(3/2) with mₖ = Mₖ / n; nil where the deviation is 0 or what rounding leaves of it.
  var skewness: Double? {
    guard !isConstant else { return nil }
    let variance = squaredDeviations / count
    return cubedDeviations / count / (variance * variance.squareRoot())
  }

  /// g₂ = m₄ / m₂² − 3; nil where the deviation is 0 or what rounding leaves of it.
  var excessKurtosis: Double? {
    guard !isConstant else { return nil }
    let variance = squaredDeviations / count
    return fourthDeviations / count / (variance * variance) - 3
  }

  /// The exponent of the unit in which values of at most this magnitude can be raised to the fourth power; 0 for the
  /// values that weights have. The reciprocal of the unit is finite.
  static func exponent(forMagnitude largest: Double) -> Int {
    if largest == 0 { return leastExponent }
    return (0x1p-200...0x1p200).contains(largest) ? 0 : max(Int(largest.exponent), leastExponent)
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
    let total = count + other.count
    let delta = other.scaledMean - scaledMean
    let (part, otherPart) = (count / total, other.count / total)
    let squared = delta * delta
    fourthDeviations +=
      other.fourthDeviations
      + squared * squared * (count * otherPart) * (part * part - part * otherPart + otherPart * otherPart)
      + 6 * squared * (part * part * other.squaredDeviations + otherPart * otherPart * squaredDeviations)
      + 4 * delta * (part * other.cubedDeviations - otherPart * cubedDeviations)
    cubedDeviations +=
      other.cubedDeviations + squared * delta * (count * otherPart) * (part - otherPart)
      + 3 * delta * (part * other.squaredDeviations - otherPart * squaredDeviations)
    squaredDeviations += other.squaredDeviations + squared * (count * other.count / total)
    scaledMean += delta * otherPart
    magnitudes += other.magnitudes
    squares += other.squares
    count = total
  }

  /// Moves to a larger unit. What vanishes is too small to show next to the values that need it.
  private mutating func rescale(to larger: Int) {
    guard larger > exponent else { return }
    let ratio = Moments.power(exponent - larger)
    scaledMean *= ratio
    squaredDeviations *= ratio * ratio
    cubedDeviations *= ratio * ratio * ratio
    fourthDeviations *= ratio * ratio * ratio * ratio
    magnitudes *= ratio
    squares *= ratio * ratio
    exponent = larger
  }
}
