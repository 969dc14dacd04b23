/// Σ (a − b)² in a fixed order.
enum SquaredDistance {
  /// What a difference counts that is not finite, squared: more than any that is.
  private static let nonFinite = 1e80

  /// The squared distance of two lists of as many numbers. Differences are taken in binary32, where those of numbers that
  /// are near one another are exact, and summed up in double precision. Values of equal bits do not differ, NaN included.
  static func between(_ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>) -> Double {
    let count = min(a.count, b.count)
    let (first, second) = (UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b))
    var sums = SIMD8<Double>()
    let whole = count & ~7
    for index in stride(from: 0, to: whole, by: 8) {
      let x = unsafe first.loadUnaligned(fromByteOffset: index &* 4, as: SIMD8<Float>.self)
      let y = unsafe second.loadUnaligned(fromByteOffset: index &* 4, as: SIMD8<Float>.self)
      let difference = SIMD8<Double>(x - y)
      sums += difference * difference
    }
    var sum = sums.sum()
    for index in whole..<count {
      let difference = unsafe Double(a[index] - b[index])
      sum += difference * difference
    }
    return sum.isFinite ? sum : unsafe betweenAny(a, b)
  }

  private static func betweenAny(_ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>) -> Double {
    var sum = 0.0
    for index in 0..<min(a.count, b.count) {
      let (x, y) = unsafe (a[index], b[index])
      let difference = Double(x) - Double(y)
      if x.bitPattern == y.bitPattern { continue }
      sum += difference.isFinite ? difference * difference : nonFinite
    }
    return sum
  }
}
