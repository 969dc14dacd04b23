extension LinearStack {
  /// What a network does beside its linear layers, which no state dict says.
  public struct Assumptions: Sendable {
    /// The kind of layer behind every linear layer but the last, such as `relu`.
    public var activation: String
    /// The kind of layer behind the last one, such as `softmax`; nil for none.
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

  /// The structure of the network that these layers make up.
  ///
  /// Layers keep their names, tensors too. The layers between get the kind and a number as theirs.
  public func topology(_ assumptions: Assumptions) -> Topology {
    var taken = Set(layers.map(\.layerName))
    var counts: [String: Int] = [:]
    func name(_ kind: String) -> String {
      while true {
        counts[kind, default: 0] += 1
        if taken.insert("\(kind)\(counts[kind, default: 0])").inserted { return "\(kind)\(counts[kind, default: 0])" }
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
  /// - Parameter reader: the file whose tensors the layers were recognised in.
  /// - Throws: any error of the file.
  public func model(_ reader: ModelReader, _ assumptions: Assumptions) throws(ModelFormatError) -> Model {
    var tensors: [Tensor] = []
    for layer in layers {
      tensors.append(try reader.tensor(named: layer.weight.name).transposed())
      if let bias = layer.bias {
        tensors.append(try reader.tensor(named: bias.name))
      } else {
        let description = try TensorDescription(
          name: layer.biasName, dataType: layer.weight.dataType, shape: [layer.outputs])
        tensors.append(try Tensor(description, bytes: [UInt8](repeating: 0, count: description.byteCount)))
      }
    }
    return try Model(
      topology: topology(assumptions), tensors: tensors, history: reader.history, metadata: reader.metadata)
  }
}

extension LinearStack.Layer {
  fileprivate var layerName: String { name.isEmpty ? "linear" : name }
  fileprivate var biasName: String { bias?.name ?? (name.isEmpty ? "bias" : name + ".bias") }
}

extension Tensor {
  /// The matrix [n, m] with its rows as columns: a matrix [m, n]. O(n·m).
  ///
  /// - Throws: `invalidTensor` for a tensor of another rank than 2.
  func transposed() throws(ModelFormatError) -> Tensor {
    guard shape.count == 2 else {
      throw ModelFormatError(.invalidTensor, tensor: name, expected: "2 dimensions", found: "\(shape)")
    }
    let (rows, columns, size) = (shape[0], shape[1], dataType.byteCount)
    let description = try TensorDescription(name: name, dataType: dataType, shape: [columns, rows])
    // All empty arrays share one piece of memory, and the initialiser below would write to it.
    guard !bytes.isEmpty else { return try Tensor(description, bytes: []) }
    let transposed = [UInt8](unsafeUninitializedCapacity: bytes.count) { output, count in
      bytes.withUnsafeBytes { input in
        let output = UnsafeMutableRawBufferPointer(output)
        switch size {
        case 1: Tensor.transpose(input, output, rows, columns, of: UInt8.self)
        case 2: Tensor.transpose(input, output, rows, columns, of: UInt16.self)
        case 4: Tensor.transpose(input, output, rows, columns, of: UInt32.self)
        default: Tensor.transpose(input, output, rows, columns, of: UInt64.self)
        }
      }
      count = bytes.count
    }
    return try Tensor(description, bytes: transposed)
  }

  /// Tile by tile, so that both sides stay in the cache.
  @inline(__always)
  private static func transpose<Element: BitwiseCopyable>(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer, _ rows: Int, _ columns: Int,
    of: Element.Type
  ) {
    let (tile, size) = (32, MemoryLayout<Element>.size)
    for top in stride(from: 0, to: rows, by: tile) {
      for left in stride(from: 0, to: columns, by: tile) {
        for row in top..<min(top + tile, rows) {
          for column in left..<min(left + tile, columns) {
            let element = input.loadUnaligned(fromByteOffset: (row * columns + column) * size, as: Element.self)
            output.storeBytes(of: element, toByteOffset: (column * rows + row) * size, as: Element.self)
          }
        }
      }
    }
  }
}
