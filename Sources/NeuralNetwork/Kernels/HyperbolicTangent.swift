#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// tanh x: for `Float` a polynomial near 0, elsewhere (1 − e^−2|x|) / (1 + e^−2|x|) with the sign of x.
struct HyperbolicTangent: VectorFunction {
  @inline(__always)
  func value(_ x: SIMD8<Float>) -> SIMD8<Float> {
    typealias Vector = SIMD8<Float>
    let one = Vector(repeating: 1)
    let negative = x .< Vector(repeating: 0)
    let minusMagnitude = x.replacing(with: -x, where: .!negative)
    let power = ExponentialOfNonPositive().value(minusMagnitude + minusMagnitude)
    let magnitude = (one - power) / (one + power)
    let far = magnitude.replacing(with: -magnitude, where: negative)

    let square = x * x
    var polynomial = Vector(repeating: -0.006_104_959)
    polynomial = polynomial * square + Vector(repeating: 0.021_003_65)
    polynomial = polynomial * square + Vector(repeating: -0.053_852_5)
    polynomial = polynomial * square + Vector(repeating: 0.133_327_83)
    polynomial = polynomial * square + Vector(repeating: -0.333_333_28)
    let near = x + x * square * polynomial
    return far.replacing(with: near, where: minusMagnitude .> Vector(repeating: -0.625))
  }

  @inline(__always)
  func value(_ x: Double) -> Double { tanh(x) }
}
