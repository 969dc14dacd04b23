#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// σ(x) = 1 / (1 + e⁻ˣ), with e^−|x| only, so that nothing overflows.
struct Sigmoid: VectorFunction {
  @inline(__always)
  func value(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let one = SIMD8<Float>(repeating: 1)
    let negative = x .< SIMD8<Float>(repeating: 0)
    let power = ExponentialOfNonPositive().value(x.replacing(with: -x, where: .!negative))
    let numerator = one.replacing(with: power, where: negative)
    return numerator / (one + power)
  }

  @inline(__always)
  func value(_ x: Double) -> Double {
    let power = exp(-abs(x))
    return (x < 0 ? power : 1) / (1 + power)
  }
}
