/// Bounds of b + Σ wᵢ xᵢ for xᵢ within their bounds [lᵢ, uᵢ], for one sum or for many side by side.
///
/// The upper bound is b + Σ max(wᵢ lᵢ, wᵢ uᵢ), in double precision, plus `RoundingMargin` of the terms' magnitudes: it holds
/// for what binary32 gives in any order of the terms too. Where no term is positive, neither is the bound.
struct RangeSums {
  private var low: [Double]
  private var high: [Double]
  private var lowMagnitudes: [Double]
  private var highMagnitudes: [Double]
  private var terms = 0

  /// - Parameter biases: Where the sums start.
  init(biases: [Double]) {
    (low, high) = (biases, biases)
    lowMagnitudes = biases.map(\.magnitude)
    highMagnitudes = lowMagnitudes
    terms = 1
  }

  /// Adds to each sum its weight's product with a value within bounds. O(weights).
  mutating func add(_ weights: UnsafeBufferPointer<Float>, _ lower: Double, _ upper: Double) {
    terms += 1
    let count = min(weights.count, low.count)
    unsafe low.withUnsafeMutableBufferPointer { low in
      unsafe high.withUnsafeMutableBufferPointer { high in
        unsafe lowMagnitudes.withUnsafeMutableBufferPointer { lowMagnitudes in
          unsafe highMagnitudes.withUnsafeMutableBufferPointer { highMagnitudes in
            for index in 0..<count {
              let weight = unsafe Double(weights[index])
              let (a, b) = (weight * lower, weight * upper)
              let (least, greatest) = a <= b ? (a, b) : (b, a)
              unsafe low[index] += least
              unsafe high[index] += greatest
              unsafe lowMagnitudes[index] += least.magnitude
              unsafe highMagnitudes[index] += greatest.magnitude
            }
          }
        }
      }
    }
  }

  /// Adds to the first sum the products of several weights with values that have the same bounds.
  mutating func addAll(_ weights: UnsafeBufferPointer<Float>, _ lower: Double, _ upper: Double) {
    for index in weights.indices {
      unsafe add(UnsafeBufferPointer(rebasing: weights[index...index]), lower, upper)
    }
  }

  /// The bounds, of `positions` values each.
  func ranges(positions: Int) -> ValueRanges {
    let margin = RoundingMargin.ofSum(terms + 1)
    return ValueRanges(
      lower: zip(low, lowMagnitudes).map { $0 - margin * $1 },
      upper: zip(high, highMagnitudes).map { $0 + margin * $1 },
      positions: positions)
  }
}
