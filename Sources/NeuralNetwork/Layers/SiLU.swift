/// x σ(x) with σ(x) = 1 / (1 + e⁻ˣ); the derivative is σ(x) (1 + x (1 − σ(x))).
///
/// Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units for neural network function approximation in reinforcement
/// learning" (2018); proposed before by Hendrycks and Gimpel, "Gaussian error linear units" (2016).
struct SiLU: ElementFunction {
  @inline(__always)
  func value(_ x: SIMD8<Float>) -> SIMD8<Float> { x * Sigmoid().value(x) }

  @inline(__always)
  func derivative(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let one = SIMD8<Float>(repeating: 1)
    // 1 − σ(x) is σ(−x), without the loss of digits of a difference.
    return Sigmoid().value(x) * (one + x * Sigmoid().value(-x))
  }

  func value(_ x: Double) -> Double { x * Sigmoid().value(x) }

  func derivative(_ x: Double) -> Double { Sigmoid().value(x) * (1 + x * Sigmoid().value(-x)) }
}
