#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// ln(1 + eˣ), computed as max(x, 0) + ln(1 + e^−|x|), so that nothing overflows; the derivative is 1 / (1 + e⁻ˣ).
///
/// Dugas, Bengio, Bélisle, Nadeau and Garcia, "Incorporating second-order functional knowledge for better option pricing"
/// (2001).
struct Softplus: ElementFunction {
  @inline(__always)
  func value(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let zero = SIMD8<Float>(repeating: 0)
    let negative = x .< zero
    let power = ExponentialOfNonPositive().value(x.replacing(with: -x, where: .!negative))
    return x.replacing(with: zero, where: negative) + logarithmOfOnePlus(power)
  }

  @inline(__always)
  func derivative(_ x: SIMD8<Float>) -> SIMD8<Float> { Sigmoid().value(x) }

  func value(_ x: Double) -> Double { (x < 0 ? 0 : x) + log1p(exp(-abs(x))) }

  func derivative(_ x: Double) -> Double { Sigmoid().value(x) }

  /// ln(1 + p) for p in [0, 1]: 2 artanh s with s = p / (2 + p) ≤ 1/3, by the series s + s³/3 + s⁵/5 + …, of which what is
  /// left out is below 2e-8 of the sum.
  @inline(__always)
  private func logarithmOfOnePlus(_ p: SIMD8<Float>) -> SIMD8<Float> {
    let two = SIMD8<Float>(repeating: 2)
    let quotient = p / (two + p)
    let square = quotient * quotient
    var series = SIMD8<Float>(repeating: 1 / 13)
    series = series * square + SIMD8(repeating: 1 / 11)
    series = series * square + SIMD8(repeating: 1 / 9)
    series = series * square + SIMD8(repeating: 1 / 7)
    series = series * square + SIMD8(repeating: 1 / 5)
    series = series * square + SIMD8(repeating: 1 / 3)
    return two * (quotient + quotient * square * series)
  }
}
