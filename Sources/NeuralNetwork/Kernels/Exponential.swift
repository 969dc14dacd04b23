#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// eˣ for x ≤ 0, eight numbers at a time; the error is below 2 units in the last place.
///
/// x = n ln 2 + r with |r| ≤ ½ ln 2, and eˣ = 2ⁿ · eʳ with eʳ from a polynomial that was fitted at Chebyshev
/// nodes. Results below the smallest normal number (x < −87.33) are 0. NaN stays NaN.
@inline(__always)
func exponentialOfNonPositive(_ x: SIMD8<Float>) -> SIMD8<Float> {
  typealias Vector = SIMD8<Float>
  let (powerMinusOne, scale) = exponentialParts(x)
  let result = (powerMinusOne + Vector(repeating: 1)) * scale
  return result.replacing(with: Vector(repeating: 0), where: x .< Vector(repeating: leastExponent))
}

/// eˣ − 1 for x ≤ 0, eight numbers at a time, with all digits near 0 too: 2ⁿ (eʳ − 1) + (2ⁿ − 1).
@inline(__always)
func exponentialMinusOneOfNonPositive(_ x: SIMD8<Float>) -> SIMD8<Float> {
  let (powerMinusOne, scale) = exponentialParts(x)
  return powerMinusOne * scale + (scale - SIMD8(repeating: 1))
}

/// Below it eˣ is less than the smallest normal number.
private var leastExponent: Float { -87.33654 }

/// eʳ − 1 and 2ⁿ for x = n ln 2 + r; for x below `leastExponent` those of `leastExponent`.
@inline(__always)
private func exponentialParts(_ x: SIMD8<Float>) -> (powerMinusOne: SIMD8<Float>, scale: SIMD8<Float>) {
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

/// σ(x) = 1 / (1 + e⁻ˣ), with e^−|x| only, so that nothing overflows.
@inline(__always)
func sigmoid(_ x: SIMD8<Float>) -> SIMD8<Float> {
  let one = SIMD8<Float>(repeating: 1)
  let negative = x .< SIMD8<Float>(repeating: 0)
  let power = exponentialOfNonPositive(x.replacing(with: -x, where: .!negative))
  let numerator = one.replacing(with: power, where: negative)
  return numerator / (one + power)
}

/// σ(x) = 1 / (1 + e⁻ˣ), with e^−|x| only, so that nothing overflows.
@inline(__always)
func sigmoid(_ x: Double) -> Double {
  let power = exp(-abs(x))
  return (x < 0 ? power : 1) / (1 + power)
}

/// tanh x: a polynomial near 0, elsewhere (1 − e^−2|x|) / (1 + e^−2|x|) with the sign of x.
@inline(__always)
func hyperbolicTangent(_ x: SIMD8<Float>) -> SIMD8<Float> {
  typealias Vector = SIMD8<Float>
  let one = Vector(repeating: 1)
  let negative = x .< Vector(repeating: 0)
  let minusMagnitude = x.replacing(with: -x, where: .!negative)
  let power = exponentialOfNonPositive(minusMagnitude + minusMagnitude)
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

/// output ← body(input) over `count` numbers, eight at a time; the last few are padded with zeros.
@inline(__always)
func mapVectors(
  _ input: UnsafePointer<Float>, _ count: Int, _ output: UnsafeMutablePointer<Float>,
  _ body: (SIMD8<Float>) -> SIMD8<Float>
) {
  let source = unsafe UnsafeRawPointer(input)
  let target = UnsafeMutableRawPointer(output)
  let whole = count & ~7
  for index in stride(from: 0, to: whole, by: 8) {
    let vector = unsafe source.loadUnaligned(fromByteOffset: index * 4, as: SIMD8<Float>.self)
    unsafe target.storeBytes(of: body(vector), toByteOffset: index * 4, as: SIMD8<Float>.self)
  }
  guard whole < count else { return }
  var rest = SIMD8<Float>(repeating: 0)
  for index in whole..<count { rest[index - whole] = unsafe input[index] }
  rest = body(rest)
  for index in whole..<count { unsafe output[index] = rest[index - whole] }
}
