/// The structure of a network: what it takes in, and its layers in order.
public struct Topology: Equatable, Sendable {
  /// The shape of one sample, without the batch dimension; `[28, 28]` for MNIST.
  public var inputShape: [Int]
  /// What is done to raw input values before the first layer.
  public var preprocessing: Preprocessing
  /// The layers, first to last.
  public var layers: [LayerDescription]
  /// The loss it was trained with, such as `cross-entropy`; nil when unknown.
  public var loss: String?
  /// Names of the classes, in the order of the outputs; empty when the outputs are no classes or have no names.
  public var classNames: [String]

  /// A topology from its parts.
  public init(
    inputShape: [Int], preprocessing: Preprocessing = .identity, layers: [LayerDescription],
    loss: String? = nil, classNames: [String] = []
  ) {
    self.inputShape = inputShape
    self.preprocessing = preprocessing
    self.layers = layers
    self.loss = loss
    self.classNames = classNames
  }
}

/// The map from raw input values to what the first layer receives: x ↦ x · scale + offset.
public struct Preprocessing: Sendable {
  /// The factor; 1/255 brings grey levels to 0…1.
  public var scale: Double
  /// The summand.
  public var offset: Double

  /// x ↦ x.
  public static let identity = Preprocessing(scale: 1, offset: 0)

  /// x ↦ x · scale + offset.
  public init(scale: Double, offset: Double) {
    self.scale = scale
    self.offset = offset
  }
}

extension Preprocessing: Equatable {
  /// Numbers are equal as attributes are: NaN equals NaN, and 0 differs from −0.
  public static func == (left: Preprocessing, right: Preprocessing) -> Bool {
    AttributeValue.number(left.scale) == .number(right.scale)
      && AttributeValue.number(left.offset) == .number(right.offset)
  }
}

/// One layer of a network.
public struct LayerDescription: Equatable, Sendable {
  /// A parameter of a layer: its role and the name of the tensor that holds it.
  public struct Parameter: Equatable, Sendable {
    /// What the tensor is to the layer, such as `weight` or `bias`.
    public var role: String
    /// The name of the tensor.
    public var tensor: String

    /// A role and the tensor that plays it.
    public init(role: String, tensor: String) {
      self.role = role
      self.tensor = tensor
    }
  }

  /// What the layer does, such as `affine` or `relu`. Readers may meet kinds they do not know.
  public var kind: String
  /// The name, unique within the network.
  public var name: String
  /// The shape of one sample after this layer.
  public var outputShape: [Int]
  /// Hyperparameters.
  public var attributes: Attributes
  /// The tensors it uses.
  public var parameters: [Parameter]

  /// A layer from its parts.
  public init(
    kind: String, name: String, outputShape: [Int], attributes: Attributes = [:], parameters: [Parameter] = []
  ) {
    self.kind = kind
    self.name = name
    self.outputShape = outputShape
    self.attributes = attributes
    self.parameters = parameters
  }
}
