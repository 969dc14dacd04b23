/// One layer of a network as its author writes it; shapes follow from the input shape.
public enum LayerSpecification: Sendable, Equatable, Hashable {
  /// x ↦ x·W + b with W[inputs, outputs] and b[outputs]. Inputs of higher rank are flattened first.
  case affine(outputs: Int)
  /// 1 / (1 + e⁻ˣ) for each value.
  case sigmoid
  /// max(x, 0) for each value.
  case relu
  /// tanh x for each value.
  case tanh
  /// x itself, the output of a regression.
  case identity
  /// e^(x_i) / Σ_k e^(x_k) over all values of a sample, the output of a classification.
  case softmax

  /// The name of the kind of layer, as in "affine1.weight" and in files.
  public var kind: String {
    switch self {
    case .affine: "affine"
    case .sigmoid: "sigmoid"
    case .relu: "relu"
    case .tanh: "tanh"
    case .identity: "identity"
    case .softmax: "softmax"
    }
  }

  /// The layer for inputs of `inputShape`, whose dimensions are at least 1 and whose size is checked.
  func makeLayer<Scalar: NetworkScalar>(
    inputShape: [Int], place: String
  ) throws(NetworkError) -> any Layer<Scalar> {
    switch self {
    case .affine(let outputs): try AffineLayer<Scalar>(inputShape: inputShape, outputs: outputs, place: place)
    case .sigmoid: ActivationLayer<Scalar>(function: .sigmoid, shape: inputShape)
    case .relu: ActivationLayer<Scalar>(function: .relu, shape: inputShape)
    case .tanh: ActivationLayer<Scalar>(function: .tanh, shape: inputShape)
    case .identity: ActivationLayer<Scalar>(function: .identity, shape: inputShape)
    case .softmax: SoftmaxLayer<Scalar>(shape: inputShape)
    }
  }
}

/// One tensor of parameters that a layer has.
public struct ParameterSpecification: Sendable, Equatable {
  /// What the tensor is for: "weight" or "bias".
  public let role: String
  /// The dimensions, row-major.
  public let shape: [Int]
  /// The numbers of values that come in and go out, for the initialisers; nil starts at 0.
  let fan: Fan?

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
}
