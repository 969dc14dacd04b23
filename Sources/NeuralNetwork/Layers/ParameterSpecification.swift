/// One tensor that a layer has: parameters, or statistics that it measures.
public struct ParameterSpecification: Sendable, Equatable {
  /// What the tensor is for: "weight", "bias", "running_mean" or "running_variance".
  public let role: String
  /// The dimensions, row-major.
  public let shape: [Int]
  /// How a new network begins.
  let start: Start

  enum Start: Sendable, Equatable {
    /// Random numbers of an initialiser, which looks at how many values come in and go out.
    case random(Fan)
    /// All elements have this value.
    case constant(Double)
  }

  struct Fan: Sendable, Equatable {
    let inputs: Int
    let outputs: Int
  }

  /// The number of values.
  public var count: Int { shape.reduce(1, *) }
}

/// A layer inside a network: what it is, its place and its shapes.
public struct PlacedLayer: Sendable, Equatable {
  /// The place in the network, from 0.
  public let index: Int
  /// The kind and a number that counts the layers of this kind from 1, as in "affine1".
  public let name: String
  /// What the layer was built from.
  public let specification: LayerSpecification
  /// The shape of one sample that comes in.
  public let inputShape: [Int]
  /// The shape of one sample that goes out.
  public let outputShape: [Int]
  /// The layer's parameters, in the order of the parameter buffer.
  public let parameters: [ParameterSpecification]
  /// What the layer measures while it is trained, in the order of the buffer of running statistics.
  public let runningStatistics: [ParameterSpecification]
}
