#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// x for x > 0, otherwise α (eˣ − 1); the derivative is 1 for x > 0, otherwise α eˣ, at 0 too.
///
/// Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by exponential linear units" (2016).
struct ELU: ElementFunction {
  /// Above 0 and finite, for `Float` too.
  let alpha: Double

  @inline(__always)
  func value(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let positive = x .> SIMD8(repeating: 0)
    let power = ExponentialOfNonPositive().minusOne(x.replacing(with: SIMD8(repeating: 0), where: positive))
    return (power * SIMD8(repeating: Float(alpha))).replacing(with: x, where: positive)
  }

  @inline(__always)
  func derivative(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let positive = x .> SIMD8(repeating: 0)
    let power = ExponentialOfNonPositive().value(x.replacing(with: SIMD8(repeating: 0), where: positive))
    return (power * SIMD8(repeating: Float(alpha))).replacing(with: SIMD8(repeating: 1), where: positive)
  }

  func value(_ x: Double) -> Double { x > 0 ? x : alpha * expm1(x) }

  func derivative(_ x: Double) -> Double { x > 0 ? 1 : alpha * exp(x) }
}
