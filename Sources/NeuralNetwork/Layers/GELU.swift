#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// x Φ(x) with the distribution function Φ(x) = ½ (1 + erf(x / √2)) of the normal distribution, not its approximation by
/// tanh (Hendrycks and Gimpel, 2016); the derivative is Φ(x) + x e^(−x²/2) / √(2π).
struct GELU: ElementFunction {
  @inline(__always)
  func value(_ x: SIMD8<Float>) -> SIMD8<Float> { x * gaussianDistribution(x).distribution }

  @inline(__always)
  func derivative(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let (distribution, power) = gaussianDistribution(x)
    return distribution + x * power * SIMD8(repeating: 0.398_942_28)
  }

  func value(_ x: Double) -> Double { x * distribution(x) }

  func derivative(_ x: Double) -> Double {
    let density = exp(-0.5 * x * x) / (2 * Double.pi).squareRoot()
    return distribution(x) + x * density
  }

  /// Φ(x) = ½ erfc(−x / √2), which keeps its digits for negative x too.
  private func distribution(_ x: Double) -> Double { 0.5 * erfc(-x * 0.5.squareRoot()) }
}
