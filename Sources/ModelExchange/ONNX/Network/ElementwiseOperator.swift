import LayerKinds

/// The operator that does what layers of a kind do that apply one function to each value.
struct ElementwiseOperator {
  /// What ONNX calls it.
  let name: String
  /// The attributes that are the fields of the kind, in their order, and what they are where a node does not say.
  let attributes: [(name: String, absent: Float)]
  /// Whether it is in the version of the operators that we write; else it is put together from others.
  let isWritten: Bool

  private init(_ name: String, _ attributes: [(name: String, absent: Float)] = [], isWritten: Bool = true) {
    self.name = name
    self.attributes = attributes
    self.isWritten = isWritten
  }

  /// The operator of a kind; nil for kinds that do more, and for those that are written in another way.
  init?(_ kind: LayerKind) {
    switch kind {
    case .relu: self.init("Relu")
    case .leakyrelu: self.init("LeakyRelu", [("alpha", 0.01)])
    case .elu: self.init("Elu", [("alpha", 1)])
    case .gelu: self.init("Gelu", isWritten: false)
    case .silu: self.init("Swish", isWritten: false)
    case .softplus: self.init("Softplus")
    case .sigmoid: self.init("Sigmoid")
    case .tanh: self.init("Tanh")
    case .identity: self.init("Identity")
    case .affine, .conv, .maxpool, .averagepool, .flatten, .dropout, .batchnorm, .softmax: return nil
    }
  }

  /// The kind whose operator has a name.
  static func kind(named name: String) -> LayerKind? { kinds[name] }

  private static let kinds = Dictionary(
    uniqueKeysWithValues: LayerKind.allCases.compactMap { kind in
      ElementwiseOperator(kind).map { ($0.name, kind) }
    })
}
