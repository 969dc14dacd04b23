import BinaryIO
public import ModelFormat

extension LinearStack {
  /// What a network does besides its linear layers, which no state dict says.
  public struct Assumptions: Sendable {
    /// The kind of layer after every linear layer but the last, such as `relu`.
    public var activation: String
    /// The kind of layer after the last one, such as `softmax`; nil for none.
    public var output: String?
    /// What is done to raw input values before the first layer.
    public var preprocessing: Preprocessing

    /// Assumptions from their parts.
    public init(activation: String = "relu", output: String? = "softmax", preprocessing: Preprocessing = .identity) {
      self.activation = activation
      self.output = output
      self.preprocessing = preprocessing
    }
  }

  /// What usually comes after the last layer: softmax gives a single output nothing to choose between.
  public var usualOutput: String { layers.last?.outputs == 1 ? "identity" : "softmax" }

  /// Recognises the layers of a file that holds a bare state dict.
  ///
  /// - Parameter order: the names of the layers, first to last; nil takes them by name, numbers in names as numbers.
  /// - Throws: `NetworkStorageError` with code `notAStateDict` for a file that holds more than tensors;
  ///   `ModelFormatError` as `init(_:order:)` does.
  public init(of source: any ModelSource, order: [String]? = nil) throws {
    let contents = source.contents
    guard contents.parts.topology == nil, contents.stateValues == nil else {
      throw NetworkStorageError(
        code: .notAStateDict, place: source.name, expected: "a file of tensors only",
        found: "a \(contents.parts.topology == nil ? "training state" : "topology")")
    }
    try self.init(contents.tensors, order: order)
  }

  /// The structure of the network that these layers make up.
  ///
  /// Layers keep their names, tensors too. The layers between get the kind and a number as theirs.
  public func topology(_ assumptions: Assumptions) -> Topology {
    var taken = Set(layers.map { ByteName($0.layerName) })
    var counts: [String: Int] = [:]
    func name(_ kind: String) -> String {
      while true {
        counts[kind, default: 0] += 1
        let name = "\(kind)\(counts[kind, default: 0])"
        if taken.insert(ByteName(name)).inserted { return name }
      }
    }
    var described: [LayerDescription] = []
    for (index, layer) in layers.enumerated() {
      described.append(
        LayerDescription(
          kind: "affine", name: layer.layerName, outputShape: [layer.outputs],
          attributes: ["outputs": .integer(layer.outputs)],
          parameters: [
            LayerDescription.Parameter(role: "weight", tensor: layer.weight.name),
            LayerDescription.Parameter(role: "bias", tensor: layer.biasName),
          ]))
      guard let kind = index < layers.count - 1 ? assumptions.activation : assumptions.output else { continue }
      described.append(LayerDescription(kind: kind, name: name(kind), outputShape: [layer.outputs]))
    }
    return Topology(
      inputShape: [layers[0].inputs], preprocessing: assumptions.preprocessing, layers: described)
  }

  /// The network as a model: weights are transposed to [inputs, outputs], and a bias that is missing is 0.
  ///
  /// Element types stay as they are, history and metadata too. O(number of weights) time and memory.
  ///
  /// - Parameter source: the file whose tensors the layers were recognised in.
  /// - Throws: any error of the file.
  public func model(_ source: any ModelSource, _ assumptions: Assumptions) throws(ModelFormatError) -> Model {
    var tensors: [Tensor] = []
    for layer in layers {
      for weight in try source.tensors(named: [layer.weight.name]) { tensors.append(try weight.transposed()) }
      if let bias = layer.bias {
        tensors += try source.tensors(named: [bias.name])
      } else {
        let description = try TensorDescription(
          name: layer.biasName, dataType: layer.weight.dataType, shape: [layer.outputs])
        tensors.append(try Tensor(description, bytes: [UInt8](repeating: 0, count: description.byteCount)))
      }
    }
    let parts = source.contents.parts
    return try Model(
      topology: topology(assumptions), tensors: tensors, history: parts.history, metadata: parts.metadata)
  }
}

extension LinearStack.Layer {
  fileprivate var layerName: String { name.isEmpty ? "linear" : name }
  fileprivate var biasName: String { bias?.name ?? (name.isEmpty ? "bias" : name + ".bias") }
}
