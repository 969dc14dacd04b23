#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is summed up over the pairs in which both values are finite.
struct PairSums {
  private var count = 0
  private var left = EuclideanNorm()
  private var right = EuclideanNorm()
  private var difference = EuclideanNorm()
  private var product = ProductSum()

  mutating func include(_ a: Double, _ b: Double, distance: Double) {
    count += 1
    left.include(a)
    right.include(b)
    difference.include(distance)
    product.include(a, b)
  }

  mutating func include(_ distances: OrdinaryDistances, count: Int) {
    self.count += count
    left.includeSquares(distances.leftSquares)
    right.includeSquares(distances.rightSquares)
    difference.includeSquares(distances.squares)
    product.includeProducts(distances.product)
  }

  mutating func merge(_ next: PairSums) {
    count += next.count
    left.merge(next.left)
    right.merge(next.right)
    difference.merge(next.difference)
    product.merge(next.product)
  }

  /// ‖a − b‖ / ‖a‖.
  var relativeL2: Double { difference.ratio(to: left) }

  /// √(Σ(a − b)² / n).
  var rmsDifference: Double { difference.rootMean(count: count) }

  /// 10 · log₁₀(Σa² / Σ(a − b)²); nil where both are 0.
  var signalToNoise: Double? {
    left.isZero && difference.isZero ? nil : 20 * log10(left.ratio(to: difference))
  }

  /// Σab / (‖a‖ ‖b‖); nil where one of the norms is 0.
  var cosine: Double? { difference.isZero && !left.isZero ? 1 : product.cosine(left, right) }
}
