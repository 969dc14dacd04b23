import LayerKinds

/// How the weights of a new network are drawn; biases start at 0.
public enum Initializer: Sendable, Equatable {
  /// N(0, 2 / (in + out)), for sigmoid and tanh (Glorot and Bengio, 2010).
  case xavier
  /// N(0, 2 / in), for ReLU (He et al., 2015).
  case he
  /// N(0, σ²) with a fixed σ of at least 0 that `Float` can hold: neither too large for it, nor so small that it is 0.
  case normal(standardDeviation: Double)

  /// The one that keeps the variance of activations steady from layer to layer: He's where a layer rectifies, otherwise
  /// Xavier's.
  package static func suited(to layers: [LayerSpecification]) -> Initializer {
    layers.contains { LayerKind.rectifiers.contains($0.layerKind) } ? .he : .xavier
  }

  /// The standard deviation for a tensor that takes `fan.inputs` values and gives `fan.outputs`.
  func standardDeviation(_ fan: ParameterSpecification.Fan) throws(NetworkError) -> Double {
    switch self {
    case .xavier: return (2 / (Double(fan.inputs) + Double(fan.outputs))).squareRoot()
    case .he: return (2 / Double(fan.inputs)).squareRoot()
    case .normal(let deviation):
      guard deviation >= 0, Float(deviation).isFinite, deviation == 0 || Float(deviation) > 0 else {
        throw NetworkError(
          .valueOutOfRange, at: "initialiser", expected: "a standard deviation of at least 0 that Float can hold",
          found: "\(deviation)")
      }
      return deviation
    }
  }
}
