import BinaryIO
import LayerKinds
import ModelFormat

/// The network of a model as nodes, from raw values to its output.
struct NetworkGraph {
  private(set) var nodes: [GraphNode] = []
  let inputName: String
  private(set) var outputName: String
  let inputShape: [Int]
  private(set) var outputShape: [Int]

  private let contents: ModelContents
  /// The names of all values so far.
  private var names: FreeNames
  /// What weights are called once they are floats.
  private var casts: [ByteName: String] = [:]
  /// The value that the next node takes, and its shape for one sample.
  private var value: String
  private var shape: [Int]

  /// - Throws: what `WrittenLayer.init(_:input:_:)` throws.
  init(_ topology: Topology, _ contents: ModelContents) throws(ModelFormatError) {
    self.contents = contents
    var names = FreeNames(taken: contents.tensors.lazy.map(\.name))
    inputName = names.take("input")
    outputName = names.take("output")
    self.names = names
    (value, inputShape, outputShape) = (inputName, topology.inputShape, topology.inputShape)
    shape = inputShape
    guard !inputShape.isEmpty, CheckedArithmetic.product(inputShape) ?? 0 > 0 else {
      throw ModelFormatError(
        .invalidField, expected: "an input shape of dimensions above 0 with a product that fits in 63 bits",
        found: "\(inputShape)")
    }
    addPreprocessing(topology.preprocessing)
    for description in topology.layers {
      let layer = try WrittenLayer(description, input: outputShape, contents)
      add(layer)
      outputShape = layer.output
    }
    reshape(to: outputShape, "output")
    if ByteName(value) == ByteName(inputName) { append("Identity", "output") }
    nodes[nodes.count - 1].output = outputName
  }

  // MARK: Nodes

  /// Adds a node that takes values and, unless it is told to take others, the network's first.
  ///
  /// - Returns: what its output is called.
  @discardableResult
  private mutating func addNode(
    _ name: String, _ operatorName: String, _ inputs: [String],
    _ attributes: [(name: String, value: GraphNode.Attribute)] = []
  ) -> String {
    let output = names.take(name)
    nodes.append(
      GraphNode(operatorName: operatorName, name: output, inputs: inputs, output: output, attributes: attributes))
    return output
  }

  /// Adds a node that the network goes on with.
  private mutating func append(
    _ operatorName: String, _ name: String, _ others: [String] = [],
    _ attributes: [(name: String, value: GraphNode.Attribute)] = []
  ) {
    value = addNode(name, operatorName, [value] + others, attributes)
  }

  private mutating func constant(_ name: String, _ value: GraphNode.Attribute) -> String {
    addNode(name, "Constant", [], [("value", value)])
  }

  /// A number and the network's value, through an operator with two inputs.
  private mutating func append(_ operatorName: String, _ name: String, number: Float) {
    append(operatorName, name, [constant("\(name).number", .number(number))])
  }

  /// Gives the values of a sample another shape, if they have not got it.
  private mutating func reshape(to new: [Int], _ name: String) {
    guard new != shape else { return }
    if new.count == 1 {
      append("Flatten", "\(name).flat", [], [("axis", .integer(1))])
    } else {
      append("Reshape", "\(name).shaped", [constant("\(name).shape", .shape([-1] + new))])
    }
    shape = new
  }

  /// A stored tensor as 32-bit floats, which most operators are there for.
  private mutating func weight(_ name: String) -> String {
    guard let place = contents.place(ofTensorNamed: name), ONNXType(contents.tensors[place]) != .float else {
      return name
    }
    if let cast = casts[ByteName(name)] { return cast }
    let cast = addNode("\(name).float", "Cast", [name], [("to", .integer(ONNXType.float.rawValue))])
    casts[ByteName(name)] = cast
    return cast
  }

  // MARK: Layers

  private mutating func addPreprocessing(_ preprocessing: Preprocessing) {
    if preprocessing.scale != 1 { append("Mul", "scaled", number: Float(preprocessing.scale)) }
    if preprocessing.offset != 0 { append("Add", "shifted", number: Float(preprocessing.offset)) }
    if contents.parts.metadata["data.missing_values"] == "zero" {
      // NaN stands for a value that is missing.
      let isMissing = addNode("missing", "IsNaN", [value])
      let zero = constant("missing.value", .number(0))
      value = addNode("filled", "Where", [isMissing, zero, value])
    }
  }

  private mutating func add(_ layer: WrittenLayer) {
    let name = layer.description.name
    if let elementwise = ElementwiseOperator(layer.kind), elementwise.isWritten {
      return append(
        elementwise.name, name, [],
        zip(elementwise.attributes, layer.numbers).map { ($0.name, .float(Float($1))) })
    }
    switch layer.kind {
    case .affine:
      reshape(to: [layer.input.reduce(1, *)], name)
      append("Gemm", name, layer.tensors.map { weight($0) })
    case .conv:
      reshape(to: image(layer.input), name)
      let (size, padding) = (layer.integer("kernel_size"), layer.integer("padding"))
      append(
        "Conv", name, layer.tensors.map { weight($0) },
        windows(layer, size) + [("pads", .integers([padding, padding, padding, padding]))])
    case .maxpool, .averagepool:
      reshape(to: image(layer.input), name)
      append(layer.kind == .maxpool ? "MaxPool" : "AveragePool", name, [], windows(layer, layer.integer("size")))
    case .batchnorm:
      // Any other value than one of an image has a mean and a variance of its own.
      if layer.input.count != 3 { reshape(to: [layer.input.reduce(1, *)], name) }
      append(
        "BatchNormalization", name, layer.tensors.map { weight($0) },
        [("epsilon", .float(Float(layer.numbers[1]))), ("momentum", .float(Float(1 - layer.numbers[0])))])
      return
    case .softmax:
      reshape(to: [layer.input.reduce(1, *)], name)
      append("Softmax", name, [], [("axis", .integer(1))])
      return
    case .gelu: return addGELU(name)
    case .silu:
      let sigmoid = addNode("\(name).sigmoid", "Sigmoid", [value])
      return append("Mul", name, [sigmoid])
    // What flattens takes effect where a layer needs it, and dropout in training only.
    case .flatten, .dropout: return
    case .relu, .leakyrelu, .elu, .softplus, .sigmoid, .tanh, .identity: return
    }
    shape = layer.kind == .maxpool || layer.kind == .averagepool ? image(layer.output) : layer.output
  }

  private mutating func addGELU(_ name: String) {
    let input = value
    append("Mul", "\(name).scaled", number: Float(0.5.squareRoot()))
    append("Erf", "\(name).erf")
    append("Add", "\(name).sum", number: 1)
    append("Mul", "\(name).product", [input])
    append("Mul", name, number: 0.5)
  }

  /// The shape of an image with its channels.
  private func image(_ shape: [Int]) -> [Int] { shape.count == 2 ? [1] + shape : shape }

  private func windows(
    _ layer: WrittenLayer, _ size: Int
  ) -> [(name: String, value: GraphNode.Attribute)] {
    let stride = layer.integer("stride")
    return [("kernel_shape", .integers([size, size])), ("strides", .integers([stride, stride]))]
  }
}
