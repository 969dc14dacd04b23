import LayerKinds
import NeuralNetwork

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How bounds go through a layer: what is to be said of each kind.
enum RangeRule {
  /// Sums of all inputs.
  case affine
  /// Sums over windows.
  case convolution
  /// The greatest value of a window, or the mean of so many.
  case window(terms: Int)
  /// A factor and a summand for each channel.
  case normalization
  /// Values stay as they are.
  case unchanged
  /// Probabilities.
  case distribution
  /// A function that never falls and is 0 for values of at most 0, without rounding.
  case positivePart
  /// A function that never falls.
  case rising(@Sendable (Double) -> Double)
  /// A function that falls from 0, its limit at −∞, down to its value at `lowest`, and rises after it.
  case valley(lowest: Double, @Sendable (Double) -> Double)

  init(_ layer: LayerSpecification) {
    switch layer.layerKind {
    case .affine: self = .affine
    case .conv: self = .convolution
    case .maxpool: self = .window(terms: 1)
    case .averagepool:
      let size = layer.integer("size") ?? 0
      self = .window(terms: size * size)
    case .batchnorm: self = .normalization
    case .flatten, .dropout, .identity: self = .unchanged
    case .softmax: self = .distribution
    case .relu: self = .positivePart
    case .leakyrelu:
      let slope = layer.number("slope") ?? .nan
      self = .rising { $0 > 0 ? $0 : slope * $0 }
    case .elu:
      let alpha = layer.number("alpha") ?? .nan
      self = .rising { $0 > 0 ? $0 : alpha * expm1($0) }
    case .softplus: self = .rising { max($0, 0) + log1p(exp(-$0.magnitude)) }
    case .sigmoid: self = .rising { 1 / (1 + exp(-$0)) }
    case .tanh: self = .rising { tanh($0) }
    case .gelu: self = .valley(lowest: -0.751_791_524_693_564_5) { $0 / 2 * erfc(-$0 / 2.0.squareRoot()) }
    case .silu: self = .valley(lowest: -1.278_464_542_761_073_8) { $0 / (1 + exp(-$0)) }
    }
  }
}
