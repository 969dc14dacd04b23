/// The layers of a network with their places in the parameter buffer, but without parameter values.
struct LayerStack<Scalar: NetworkScalar>: Sendable {
  let inputShape: [Int]
  let outputShape: [Int]
  let specifications: [LayerSpecification]
  let layers: [any Layer<Scalar>]
  let descriptions: [PlacedLayer]
  let entries: [ParameterEntry]
  /// Where the parameters of each layer start.
  let offsets: [Int]
  let parameterCount: Int

  /// Makes each layer for the output shape of the one before.
  init(inputShape: [Int], specifications: [LayerSpecification]) throws(NetworkError) {
    try SizeLimits.check(shape: inputShape, at: "input shape")
    guard !specifications.isEmpty else {
      throw NetworkError(.invalidShape, at: "network", expected: "at least one layer", found: "none")
    }
    var shape = inputShape
    var layers: [(any Layer<Scalar>, LayerSpecification)] = []
    for (index, specification) in specifications.enumerated() {
      let layer: any Layer<Scalar> = try specification.makeLayer(
        inputShape: shape, place: "layer \(index), \(specification.kind)")
      layers.append((layer, specification))
      shape = layer.outputShape
    }
    try self.init(inputShape: inputShape, layers: layers)
  }

  /// Gives each layer its name and each of its parameters a place in the buffer.
  init(inputShape: [Int], layers: [(any Layer<Scalar>, LayerSpecification)]) throws(NetworkError) {
    var descriptions: [PlacedLayer] = []
    var entries: [ParameterEntry] = []
    var offsets: [Int] = []
    var numbers: [String: Int] = [:]
    var count = 0
    for (index, (layer, specification)) in layers.enumerated() {
      numbers[specification.kind, default: 0] += 1
      let name = specification.kind + String(numbers[specification.kind, default: 0])
      offsets.append(count)
      for parameter in layer.parameters {
        let range = count..<count + parameter.count
        entries.append(
          ParameterEntry(
            name: "\(name).\(parameter.role)", layerIndex: index, specification: parameter, range: range))
        count = range.upperBound
      }
      guard count <= SizeLimits.elements else {
        throw NetworkError(
          .tooLarge, at: name, expected: "at most \(SizeLimits.elements) parameters in all", found: "\(count)"
        )
      }
      descriptions.append(
        PlacedLayer(
          index: index, name: name, specification: specification, inputShape: layer.inputShape,
          outputShape: layer.outputShape, parameters: layer.parameters))
    }
    self.inputShape = inputShape
    self.specifications = layers.map(\.1)
    self.layers = layers.map(\.0)
    self.descriptions = descriptions
    self.entries = entries
    self.offsets = offsets
    outputShape = layers.last?.0.outputShape ?? inputShape
    parameterCount = count
  }

  var inputCount: Int { inputShape.reduce(1, *) }
  var outputCount: Int { outputShape.reduce(1, *) }

  /// Whether softmax is the last layer, as cross-entropy requires.
  var endsInSoftmax: Bool { specifications.last == .softmax }
}

/// One named tensor of parameters of a network.
public struct ParameterEntry: Sendable, Equatable {
  /// The layer's name and the role: "affine1.weight".
  public let name: String
  /// The place of the layer in the network, from 0.
  public let layerIndex: Int
  /// Role and shape.
  public let specification: ParameterSpecification
  /// Where the values are in the network's contiguous parameter buffer.
  public let range: Range<Int>

  /// What the tensor is for: "weight" or "bias".
  public var role: String { specification.role }
  /// The dimensions, row-major.
  public var shape: [Int] { specification.shape }
}
