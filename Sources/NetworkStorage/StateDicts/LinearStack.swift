import BinaryIO
public import ModelFormat

/// Linear layers one after another, recognised by the names and shapes that PyTorch gives their tensors.
///
/// PyTorch's `Linear` called `fc1` stores its weights as `fc1.weight` with the shape [outputs, inputs], and its bias, if
/// it has one, as `fc1.bias` with the shape [outputs].
/// (https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html)
public struct LinearStack: Sendable {
  /// One layer.
  public struct Layer: Sendable {
    /// The name that its tensors share, such as `fc1` or `net.0`; empty for a single layer without a name.
    public let name: String
    /// The weights, of the shape [outputs, inputs].
    public let weight: TensorDescription
    /// The bias, of the shape [outputs]; nil for a layer without one.
    public let bias: TensorDescription?
    /// How many values come in.
    public var inputs: Int { weight.shape[1] }
    /// How many values go out.
    public var outputs: Int { weight.shape[0] }
  }

  /// The layers, first to last; at least one.
  public let layers: [Layer]

  /// Recognises the layers of a state dict.
  ///
  /// - Parameters:
  ///   - tensors: all tensors of the state dict.
  ///   - order: the names of the layers, first to last; nil takes them by name, numbers in names as numbers.
  /// - Throws: `invalidTensor` with the first tensor that belongs to no linear layer, or whose shape does not fit the
  ///   layer before; `noSuchTensor` when `order` does not name every layer once.
  public init(_ tensors: [TensorDescription], order: [String]? = nil) throws(ModelFormatError) {
    var weights: [(layer: String, tensor: TensorDescription)] = []
    var biases: [ByteName: TensorDescription] = [:]
    for tensor in tensors {
      if let layer = LinearStack.layer(of: tensor, role: "weight") {
        try LinearStack.checkWeight(tensor)
        weights.append((layer, tensor))
      } else if let layer = LinearStack.layer(of: tensor, role: "bias") {
        biases[ByteName(layer)] = tensor
      } else {
        throw ModelFormatError(
          .invalidTensor, tensor: tensor.name, expected: "only linear layers, with names that end in .weight or .bias",
          found: "another tensor, of shape \(tensor.shape)")
      }
    }
    guard !weights.isEmpty else {
      throw ModelFormatError(
        .invalidTensor, expected: "linear layers, with names that end in .weight", found: "\(tensors.count) tensors")
    }
    var layers: [Layer] = []
    for (name, weight) in weights {
      let bias = biases.removeValue(forKey: ByteName(name))
      if let bias { try LinearStack.checkBias(bias, of: weight) }
      layers.append(Layer(name: name, weight: weight, bias: bias))
    }
    for bias in tensors {
      guard let layer = LinearStack.layer(of: bias, role: "bias"), biases[ByteName(layer)] == bias else { continue }
      throw ModelFormatError(
        .invalidTensor, tensor: bias.name, expected: "weights of the same name", found: "none")
    }
    self.layers = try LinearStack.sorted(layers, order)
    for (layer, next) in zip(self.layers, self.layers.dropFirst()) where next.inputs != layer.outputs {
      throw ModelFormatError(
        .invalidTensor, tensor: next.weight.name,
        expected: "weights [outputs, \(layer.outputs)] after the \(layer.outputs) outputs of "
          + "\(ByteName(layer.name).quoted)", found: "\(next.weight.shape)")
    }
  }

  private static func layer(of tensor: TensorDescription, role: String) -> String? {
    let (name, suffix) = (Array(tensor.name.utf8), Array(("." + role).utf8))
    if name.elementsEqual(suffix.dropFirst()) { return "" }
    guard name.suffix(suffix.count).elementsEqual(suffix) else { return nil }
    return String(decoding: name.dropLast(suffix.count), as: UTF8.self)
  }

  private static func checkWeight(_ tensor: TensorDescription) throws(ModelFormatError) {
    guard tensor.dataType.isFloatingPoint, tensor.shape.count == 2, !tensor.shape.contains(0) else {
      throw ModelFormatError(
        .invalidTensor, tensor: tensor.name,
        expected: "the weights of a linear layer, floating-point and of shape [outputs, inputs]",
        found: "\(tensor.typeName) of shape \(tensor.shape)")
    }
  }

  private static func checkBias(
    _ tensor: TensorDescription, of weight: TensorDescription
  ) throws(ModelFormatError) {
    guard tensor.dataType.isFloatingPoint, tensor.shape == [weight.shape[0]] else {
      throw ModelFormatError(
        .invalidTensor, tensor: tensor.name,
        expected: "a floating-point bias of shape [\(weight.shape[0])] for weights \(weight.shape)",
        found: "\(tensor.typeName) of shape \(tensor.shape)")
    }
  }

  private static func sorted(_ layers: [Layer], _ order: [String]?) throws(ModelFormatError) -> [Layer] {
    guard let order else { return layers.sorted { NaturalOrder.precedes($0.name, $1.name) } }
    var (remaining, sorted) = (layers, [Layer]())
    for name in order {
      guard let index = remaining.firstIndex(where: { ByteName($0.name) == ByteName(name) }) else {
        let names = remaining.prefix(20).map { ByteName($0.name).quoted }.joined(separator: ", ")
        throw ModelFormatError(
          .noSuchTensor, expected: names.isEmpty ? "no more layers" : "one of the layers \(names)",
          found: ByteName(name).quoted)
      }
      sorted.append(remaining.remove(at: index))
    }
    if let layer = remaining.first {
      throw ModelFormatError(
        .noSuchTensor, expected: "every layer in the order", found: "none of the name \(ByteName(layer.name).quoted)")
    }
    return sorted
  }
}
