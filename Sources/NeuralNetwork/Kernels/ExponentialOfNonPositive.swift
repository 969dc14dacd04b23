#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// eˣ for x ≤ 0; for `Float` the error is below 2 units in the last place.
///
/// x = n ln 2 + r with |r| ≤ ½ ln 2, and eˣ = 2ⁿ · eʳ with eʳ from a polynomial that was fitted at Chebyshev
/// nodes. Results below the smallest normal number (x < −87.33) are 0. NaN stays NaN.
struct ExponentialOfNonPositive: VectorFunction {
  @inline(__always)
  func value(_ x: SIMD8<Float>) -> SIMD8<Float> {
    typealias Vector = SIMD8<Float>
    let (powerMinusOne, scale) = parts(x)
    let result = (powerMinusOne + Vector(repeating: 1)) * scale
    return result.replacing(with: Vector(repeating: 0), where: x .< Vector(repeating: leastExponent))
  }

  @inline(__always)
  func value(_ x: Double) -> Double { exp(x) }

  /// eˣ − 1, with all digits near 0 too: 2ⁿ (eʳ − 1) + (2ⁿ − 1).
  @inline(__always)
  func minusOne(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let (powerMinusOne, scale) = parts(x)
    return powerMinusOne * scale + (scale - SIMD8(repeating: 1))
  }

  /// Below it eˣ is less than the smallest normal number.
  private var leastExponent: Float { -87.33654 }

  /// eʳ − 1 and 2ⁿ for x = n ln 2 + r; for x below `leastExponent` those of `leastExponent`.
  @inline(__always)
  private func parts(_ x: SIMD8<Float>) -> (powerMinusOne: SIMD8<Float>, scale: SIMD8<Float>) {
    typealias Vector = SIMD8<Float>
    let lowest = Vector(repeating: leastExponent)
    let clamped = x.replacing(with: lowest, where: x .< lowest)
    // Adding 1.5 · 2²³ rounds to the nearest whole number and leaves it in the low bits.
    let magic = Vector(repeating: 12_582_912)
    let shifted = clamped * Vector(repeating: 1.442_695_04) + magic
    let whole = shifted - magic
    // ln 2 in two parts; the first has so few bits that its product with n is exact.
    let remainder =
      (clamped - whole * Vector(repeating: 0.693_359_375)) + whole * Vector(repeating: 2.121_944_4e-4)
    var polynomial = Vector(repeating: 0.000_198_992_87)
    polynomial = polynomial * remainder + Vector(repeating: 0.001_393_365_2)
    polynomial = polynomial * remainder + Vector(repeating: 0.008_333_298)
    polynomial = polynomial * remainder + Vector(repeating: 0.041_666_467)
    polynomial = polynomial * remainder + Vector(repeating: 0.166_666_67)
    polynomial = polynomial * remainder + Vector(repeating: 0.5)
    let powerMinusOne = polynomial * remainder * remainder + remainder
    let exponent = unsafe unsafeBitCast(shifted, to: SIMD8<UInt32>.self) &- SIMD8<UInt32>(repeating: 0x4b40_0000)
    let scale = unsafe unsafeBitCast(
      (exponent &+ SIMD8<UInt32>(repeating: 127)) &<< SIMD8<UInt32>(repeating: 23), to: Vector.self)
    return (powerMinusOne, scale)
  }
}
