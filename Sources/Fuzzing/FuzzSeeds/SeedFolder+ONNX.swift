@testable import ModelExchange
@testable import ModelFormat

extension SeedFolder {
  /// Writes ONNX files of ours with networks of all kinds of layers, and files of other programs that hold each type of
  /// elements, as bytes and as numbers.
  mutating func addONNX() throws {
    let layers: [(kind: String, attributes: Attributes)] = [
      ("conv", ["filters": 2, "kernel_size": 2, "stride": 1, "padding": 1]),
      ("batchnorm", ["momentum": 0.1, "epsilon": 1e-5]), ("relu", [:]), ("maxpool", ["size": 2, "stride": 1]),
      ("leakyrelu", ["slope": 0.1]), ("averagepool", ["size": 2, "stride": 2]), ("silu", [:]), ("flatten", [:]),
      ("affine", ["outputs": 2]), ("gelu", [:]), ("elu", ["alpha": 1.0]), ("softmax", [:]),
    ]
    for count in 1...layers.count {
      let model = try SeedFolder.model(Array(layers.prefix(count)))
      var bytes = try model.encoded(as: .onnx)
      try write(bytes, for: "FuzzONNX")
      // Without the name of our program the graph is what counts.
      bytes[4] = 0x4E
      try write(bytes, for: "FuzzONNX")
    }
    for type in ONNXType.allCases {
      for values in [SeedFolder.raw(type), SeedFolder.typed] {
        var model = WireWriter()
        model.integer(1, 8)
        model.message(7) { graph in
          graph.message(5) { tensor in
            tensor.integer(1, 4)
            tensor.integer(2, type.rawValue)
            tensor.text(8, "t")
            values(&tensor)
          }
        }
        try write(model.bytes, for: "FuzzONNX")
      }
    }
  }

  private static func raw(_ type: ONNXType) -> (inout WireWriter) -> Void {
    { tensor in
      guard let count = try? type.element?.description(named: "t", shape: [4]).encodedByteCount else { return }
      tensor.header(9, byteCount: count)
      tensor.append([UInt8](repeating: 1, count: count))
    }
  }

  private static func typed(_ tensor: inout WireWriter) {
    for value in [1, 0, 1, 1] { tensor.integer(TypedField.Field.int32.rawValue, value) }
  }

  /// A network for images [1, 4, 4], all of whose weights are 0.
  private static func model(_ layers: [(kind: String, attributes: Attributes)]) throws -> Model {
    var (shape, tensors, described) = ([1, 4, 4], [Tensor](), [LayerDescription]())
    for (index, layer) in layers.enumerated() {
      let (input, name) = (shape, "layer\(index)")
      var shapes: [(role: String, shape: [Int])] = []
      switch layer.kind {
      case "conv":
        shape = [2, 5, 5]
        shapes = [("weight", [2, 1, 2, 2]), ("bias", [2])]
      case "batchnorm":
        shapes = ["weight", "bias", "running_mean", "running_variance"].map { ($0, [input[0]]) }
      case "maxpool": shape = [2, 4, 4]
      case "averagepool": shape = [2, 2, 2]
      case "flatten": shape = [8]
      case "affine":
        shape = [2]
        shapes = [("weight", [8, 2]), ("bias", [2])]
      default: break
      }
      for (role, shape) in shapes {
        let zeros = [Float](repeating: 0, count: shape.reduce(1, *))
        tensors.append(try Tensor(name: "\(name).\(role)", shape: shape, values: zeros))
      }
      described.append(
        LayerDescription(
          kind: layer.kind, name: name, outputShape: shape, attributes: layer.attributes,
          parameters: shapes.map { .init(role: $0.role, tensor: "\(name).\($0.role)") }))
    }
    return try Model(topology: Topology(inputShape: [1, 4, 4], layers: described), tensors: tensors)
  }
}
