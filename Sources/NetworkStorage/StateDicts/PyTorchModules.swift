import LayerKinds
import NeuralNetwork

/// The modules of PyTorch that compute what layers of ours do, in the order of an `nn.Sequential`.
///
/// What PyTorch has no shape-free form for stands between `Flatten` and `Unflatten`; all shapes have the samples in front.
struct PyTorchModules {
  /// One module.
  struct Module {
    /// How Python makes it, such as `nn.Linear(784, 50)`.
    let code: String
    /// The layer whose tensors it has; nil for one without tensors.
    let layer: PlacedLayer?
  }

  private(set) var modules: [Module] = []

  init(_ layers: [PlacedLayer]) {
    for layer in layers { append(layer) }
  }

  private mutating func append(_ layer: PlacedLayer) {
    let (specification, input) = (layer.specification, layer.inputShape)
    func field(_ name: String) -> String { specification.text(ofField: name) }
    switch specification.layerKind {
    case .affine:
      if input.count > 1 { append("Flatten()") }
      append("Linear(\(PyTorchModules.count(input)), \(field("outputs")))", layer)
    case .conv:
      if input.count == 2 { append("Unflatten(1, (1, \(input[0])))") }
      let planes = input.count == 3 ? input[0] : 1
      append(
        "Conv2d(\(planes), \(field("filters")), \(field("kernel_size")), stride=\(field("stride")), "
          + "padding=\(field("padding")))", layer)
    case .maxpool: append("MaxPool2d(\(field("size")), stride=\(field("stride")))")
    case .averagepool: append("AvgPool2d(\(field("size")), stride=\(field("stride")))")
    case .flatten: append("Flatten()")
    case .dropout: append("Dropout(\(field("rate")))")
    case .batchnorm:
      let arguments = "eps=\(field("epsilon")), momentum=\(field("momentum"))"
      if input.count == 3 {
        append("BatchNorm2d(\(input[0]), \(arguments))", layer)
      } else {
        appendFlat(input) { $0.append("BatchNorm1d(\(PyTorchModules.count(input)), \(arguments))", layer) }
      }
    case .relu: append("ReLU()")
    case .leakyrelu: append("LeakyReLU(\(field("slope")))")
    case .gelu: append("GELU()")
    case .silu: append("SiLU()")
    case .elu: append("ELU(\(field("alpha")))")
    case .softplus: append("Softplus()")
    case .sigmoid: append("Sigmoid()")
    case .tanh: append("Tanh()")
    case .identity: append("Identity()")
    case .softmax: appendFlat(input) { $0.append("Softmax(dim=1)") }
    }
  }

  private mutating func append(_ code: String, _ layer: PlacedLayer? = nil) {
    modules.append(Module(code: "nn." + code, layer: layer))
  }

  /// Modules that see all values of a sample in one dimension.
  private mutating func appendFlat(_ shape: [Int], _ body: (inout PyTorchModules) -> Void) {
    if shape.count > 1 { append("Flatten()") }
    body(&self)
    if shape.count > 1 { append("Unflatten(1, (\(shape.map(String.init).joined(separator: ", "))))") }
  }

  /// The values of a sample; its shape has been checked.
  private static func count(_ shape: [Int]) -> Int { shape.reduce(1, &*) }
}

extension LayerSpecification {
  /// The value of a setting as Python and the network language write it.
  fileprivate func text(ofField name: String) -> String {
    for (field, value) in zip(layerKind.definition.fields, values) where field.name == name {
      switch value {
      case .integer(let integer): return "\(integer)"
      case .number(let number): return "\(number)"
      }
    }
    // The modules above name fields that the table of kinds has; a test makes a module of every kind.
    return ""
  }
}
