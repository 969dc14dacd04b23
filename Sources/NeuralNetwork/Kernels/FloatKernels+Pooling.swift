/// Pairwise maxima of `Float`, four windows at a time. The compiler makes branches of the plain loop, which are
/// mispredicted every other time.
extension FloatKernels {
  func maximumPoolHalving(
    _ top: UnsafePointer<Float>, _ bottom: UnsafePointer<Float>, count: Int,
    output: UnsafeMutablePointer<Float>, places: UnsafeMutablePointer<Float>
  ) {
    let whole = count & ~3
    for x in stride(from: 0, to: whole, by: 4) {
      let upper = unsafe Pairs(top + 2 * x)
      let lower = unsafe Pairs(bottom + 2 * x)
      let isLower = bits(lower.maximum .> upper.maximum)
      let maximum = chosen(isLower, lower.maximum, upper.maximum)
      let place = chosen(isLower, lower.place + SIMD4(repeating: 2), upper.place)
      unsafe UnsafeMutableRawPointer(output + x).storeBytes(of: maximum, as: SIMD4<Float>.self)
      unsafe UnsafeMutableRawPointer(places + x).storeBytes(of: place, as: SIMD4<Float>.self)
    }
    for x in whole..<count {
      let (a, b, c, d) = unsafe (top[2 * x], top[2 * x + 1], bottom[2 * x], bottom[2 * x + 1])
      let (upper, lower) = (b > a ? b : a, d > c ? d : c)
      unsafe output[x] = lower > upper ? lower : upper
      unsafe places[x] = lower > upper ? (d > c ? 3 : 2) : (b > a ? 1 : 0)
    }
  }
}

/// The greater of each two neighbours among eight numbers, and its place, 0 or 1.
private struct Pairs {
  let maximum: SIMD4<Float>
  let place: SIMD4<Float>

  @inline(__always)
  init(_ values: UnsafePointer<Float>) {
    let eight = unsafe UnsafeRawPointer(values).loadUnaligned(as: SIMD8<Float>.self)
    let (even, odd) = (eight.evenHalf, eight.oddHalf)
    let isOdd = bits(odd .> even)
    maximum = chosen(isOdd, odd, even)
    place = chosen(isOdd, SIMD4(repeating: 1), SIMD4(repeating: 0))
  }
}

/// All ones where the mask is true, otherwise all zeros.
@inline(__always)
private func bits(_ mask: SIMDMask<SIMD4<Int32>>) -> SIMD4<UInt32> {
  unsafe unsafeBitCast(mask, to: SIMD4<UInt32>.self)
}

/// a where the bits are ones, b where they are zeros.
@inline(__always)
private func chosen(_ bits: SIMD4<UInt32>, _ a: SIMD4<Float>, _ b: SIMD4<Float>) -> SIMD4<Float> {
  let (first, second) = unsafe (unsafeBitCast(a, to: SIMD4<UInt32>.self), unsafeBitCast(b, to: SIMD4<UInt32>.self))
  return unsafe unsafeBitCast((first & bits) | (second & ~bits), to: SIMD4<Float>.self)
}
