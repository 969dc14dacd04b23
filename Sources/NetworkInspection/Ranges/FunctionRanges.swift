import Foundation
import LayerKinds

/// Bounds of the functions that layers apply to each value by itself.
enum FunctionRanges {
  /// The bounds of f(x) for x within bounds.
  ///
  /// - Parameter number: The value of a field of the layer.
  /// - Returns: nil for a kind that applies no function to single values.
  static func range(
    of kind: LayerKind, _ number: (String) -> Double?, _ input: ClosedRange<Double>
  ) -> (lower: Double, upper: Double)? {
    let (low, high) = (input.lowerBound, input.upperBound)
    func rising(_ function: (Double) -> Double) -> (lower: Double, upper: Double) {
      RoundingMargin.outward(function(low), function(high), by: RoundingMargin.ofFunction)
    }
    switch kind {
    case .identity: return (low, high)
    case .relu: return (max(low, 0), max(high, 0))
    case .leakyrelu: return number("slope").map { slope in rising { $0 > 0 ? $0 : slope * $0 } }
    case .elu: return number("alpha").map { alpha in rising { $0 > 0 ? $0 : alpha * expm1($0) } }
    case .softplus: return rising { max($0, 0) + log1p(exp(-$0.magnitude)) }
    case .sigmoid: return rising { 1 / (1 + exp(-$0)) }
    case .tanh: return rising { tanh($0) }
    case .gelu:
      return valley(input, lowest: -0.751_791_524_693_564_5) { $0 / 2 * erfc(-$0 / 2.0.squareRoot()) }
    case .silu: return valley(input, lowest: -1.278_464_542_761_073_8) { $0 / (1 + exp(-$0)) }
    case .affine, .conv, .maxpool, .averagepool, .flatten, .dropout, .batchnorm, .softmax: return nil
    }
  }

  /// The bounds of a function that falls from 0 down to `lowest`, and rises after it.
  private static func valley(
    _ input: ClosedRange<Double>, lowest: Double, _ function: (Double) -> Double
  ) -> (lower: Double, upper: Double) {
    // At −∞ the formulas have no value; the functions go to 0 there.
    func value(_ x: Double) -> Double { x == -.infinity ? 0 : function(x) }
    let ends = (value(input.lowerBound), value(input.upperBound))
    return RoundingMargin.outward(
      input.contains(lowest) ? function(lowest) : min(ends.0, ends.1), max(ends.0, ends.1),
      by: RoundingMargin.ofFunction)
  }
}
