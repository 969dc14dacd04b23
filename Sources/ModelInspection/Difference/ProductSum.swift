/// Σab, where no product overflows or vanishes.
///
/// Products of values as weights have them are summed as they are; the others apart, in units of a power of two.
struct ProductSum {
  private var ordinary = 0.0
  private var other = 0.0
  private var exponent = Int.min

  mutating func include(_ a: Double, _ b: Double) {
    guard a != 0, b != 0 else { return }
    // 1 to 4 in magnitude, and no exponent is beyond ±2,150.
    add(a.signedSignificand * b.signedSignificand, Int(a.exponent) + Int(b.exponent))
  }

  /// Adds products that were summed up elsewhere, of values none of which is too large, or all too small, to be squared.
  mutating func includeProducts(_ sum: Double) { ordinary += sum }

  mutating func merge(_ next: ProductSum) {
    ordinary += next.ordinary
    if next.exponent > Int.min { add(next.other, next.exponent) }
  }

  private mutating func add(_ value: Double, _ power: Int) {
    guard exponent > Int.min else {
      (other, exponent) = (value, power)
      return
    }
    let common = max(exponent, power)
    other = ProductSum.scaled(other, exponent - common) + ProductSum.scaled(value, power - common)
    exponent = common
  }

  /// Σab / (‖a‖ ‖b‖), from −1 to 1; nil where one of the norms is 0.
  func cosine(_ left: EuclideanNorm, _ right: EuclideanNorm) -> Double? {
    guard !left.isZero, !right.isZero else { return nil }
    let (a, b) = (left.scaled, right.scaled)
    let (norms, power) = (a.root * b.root, a.exponent + b.exponent)
    var ratio = ProductSum.scaled(ordinary / norms, -power)
    if exponent > Int.min { ratio += ProductSum.scaled(other / norms, exponent - power) }
    return min(1, max(-1, ratio))
  }

  private static func scaled(_ value: Double, _ exponent: Int) -> Double {
    value == 0 ? 0 : Double(sign: .plus, exponent: exponent, significand: value)
  }
}

extension Double {
  /// The significand with the sign of the number.
  fileprivate var signedSignificand: Double { self < 0 ? -significand : significand }
}
