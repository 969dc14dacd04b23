/// A floating-point type of eight bits: a sign, an exponent, a fraction, and what some codes stand for instead.
///
/// A code has the value (−1)^s · 2^(e − bias) · (1 + f / 2^F), or (−1)^s · 2^(1 − bias) · f / 2^F where e is 0.
struct ByteFloat {
  /// Which codes are no finite numbers.
  private enum Specials {
    /// The greatest exponent is that of infinity (fraction 0) and NaN.
    case infinitiesAndNaN
    /// NaN is where all bits but the sign are set.
    case nanOfAllOnes
    /// NaN has the code that would be −0.
    case nanOfNegativeZero
  }

  private let fractionBits: Int
  private let bias: Int
  private let specials: Specials
  /// Whether all eight bits are the exponent.
  private let isPowerOfTwo: Bool

  private init(_ fractionBits: Int, bias: Int, _ specials: Specials, isPowerOfTwo: Bool = false) {
    (self.fractionBits, self.bias, self.specials, self.isPowerOfTwo) = (fractionBits, bias, specials, isPowerOfTwo)
  }

  static let e4m3 = ByteFloat(3, bias: 7, .nanOfAllOnes)
  static let e5m2 = ByteFloat(2, bias: 15, .infinitiesAndNaN)
  static let e8m0 = ByteFloat(0, bias: 127, .nanOfAllOnes, isPowerOfTwo: true)
  static let e4m3fnuz = ByteFloat(3, bias: 8, .nanOfNegativeZero)
  static let e5m2fnuz = ByteFloat(2, bias: 16, .nanOfNegativeZero)

  /// The numbers of all 256 codes, each exact.
  var table: [Float] { (0...255).map { isPowerOfTwo ? power($0) : number($0) } }

  private func power(_ code: Int) -> Float {
    code == 255 ? .nan : Float(sign: .plus, exponent: code - bias, significand: 1)
  }

  private func number(_ code: Int) -> Float {
    let magnitude = code & 0x7F
    let (exponent, fraction) = (magnitude >> fractionBits, magnitude & (1 << fractionBits - 1))
    let sign: FloatingPointSign = code & 0x80 == 0 ? .plus : .minus
    switch specials {
    case .infinitiesAndNaN where exponent == 0x7F >> fractionBits:
      return fraction > 0 ? .nan : sign == .plus ? .infinity : -.infinity
    case .nanOfAllOnes where magnitude == 0x7F: return .nan
    case .nanOfNegativeZero where code == 0x80: return .nan
    case .infinitiesAndNaN, .nanOfAllOnes, .nanOfNegativeZero: break
    }
    let significand = exponent == 0 ? fraction : 1 << fractionBits + fraction
    return Float(sign: sign, exponent: max(exponent, 1) - bias - fractionBits, significand: Float(significand))
  }
}
