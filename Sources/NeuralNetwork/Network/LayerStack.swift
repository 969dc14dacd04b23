/// The layers of a network with their places in the buffers of values, but without values.
struct LayerStack<Scalar: NetworkScalar>: Sendable {
  let inputShape: [Int]
  let outputShape: [Int]
  let specifications: [LayerSpecification]
  let layers: [any Layer<Scalar>]
  let descriptions: [PlacedLayer]
  /// The trained parameters.
  let entries: [ParameterEntry]
  let statisticsEntries: [ParameterEntry]
  /// Where the parameters of each layer start.
  let offsets: [Int]
  /// Where the running statistics of each layer start.
  let statisticsOffsets: [Int]
  let parameterCount: Int
  let statisticsCount: Int
  /// Which layers write their output over their input in training.
  let overwritesInput: [Bool]

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
        inputShape: shape, index: index, place: "layer \(index), \(specification.kind)")
      layers.append((layer, specification))
      shape = layer.outputShape
    }
    try self.init(inputShape: inputShape, layers: layers)
  }

  /// Gives each layer its name and each of its tensors a place in its buffer.
  init(inputShape: [Int], layers: [(any Layer<Scalar>, LayerSpecification)]) throws(NetworkError) {
    var descriptions: [PlacedLayer] = []
    var parameters = TensorPlaces()
    var statistics = TensorPlaces()
    var numbers: [String: Int] = [:]
    for (index, (layer, specification)) in layers.enumerated() {
      numbers[specification.kind, default: 0] += 1
      let name = specification.kind + String(numbers[specification.kind, default: 0])
      try parameters.append(layer.parameters, ofLayer: index, name: name)
      try statistics.append(layer.runningStatistics, ofLayer: index, name: name)
      descriptions.append(
        PlacedLayer(
          index: index, name: name, specification: specification, inputShape: layer.inputShape,
          outputShape: layer.outputShape, parameters: layer.parameters,
          runningStatistics: layer.runningStatistics))
    }
    self.inputShape = inputShape
    self.specifications = layers.map(\.1)
    self.layers = layers.map(\.0)
    self.descriptions = descriptions
    entries = parameters.entries
    statisticsEntries = statistics.entries
    offsets = parameters.offsets
    statisticsOffsets = statistics.offsets
    parameterCount = parameters.count
    statisticsCount = statistics.count
    outputShape = layers.last?.0.outputShape ?? inputShape
    overwritesInput = Self.sharedMemory(of: layers.map(\.0))
  }

  var inputCount: Int { inputShape.reduce(1, *) }
  var outputCount: Int { outputShape.reduce(1, *) }

  /// The most numbers that any layer sums over workers at one go.
  var sharedSumCount: Int { layers.reduce(0) { max($0, $1.sharedSumCount) } }

  /// The fewest samples of a mini-batch that all layers can be trained with.
  var leastBatchSize: Int { layers.reduce(1) { max($0, $1.leastBatchSize) } }

  /// Refuses mini-batches of fewer samples, and data that have no more.
  func check(batchSize: Int, samples: Int) throws(NetworkError) {
    let least = leastBatchSize
    guard let index = layers.firstIndex(where: { $0.leastBatchSize == least }), samples < least || batchSize < least
    else { return }
    let reason = "\(descriptions[index].name) normalises each value over the samples of a mini-batch"
    guard batchSize >= least else {
      throw NetworkError(
        .batchTooSmall, at: "batch size", expected: "at least \(least), because \(reason)", found: "\(batchSize)")
    }
    throw NetworkError(
      .countMismatch, at: "training data", expected: "at least \(least) samples, because \(reason)",
      found: "\(samples)")
  }

  /// Memory may be written over as long as no layer before, back to the one that has memory of its own, reads
  /// its output in the backward pass.
  private static func sharedMemory(of layers: [any Layer<Scalar>]) -> [Bool] {
    var isRead = false
    return layers.map { layer in
      let use = layer.memoryUse
      let overwrites = use.worksInPlace && !isRead
      isRead = use.readsOutputInBackward
      return overwrites
    }
  }
}

/// Lays tensors one after another in a buffer.
private struct TensorPlaces {
  var entries: [ParameterEntry] = []
  /// Where the tensors of each layer start.
  var offsets: [Int] = []
  var count = 0

  mutating func append(
    _ tensors: [ParameterSpecification], ofLayer index: Int, name: String
  ) throws(NetworkError) {
    offsets.append(count)
    for tensor in tensors {
      let range = count..<count + tensor.count
      entries.append(
        ParameterEntry(name: "\(name).\(tensor.role)", layerIndex: index, specification: tensor, range: range))
      count = range.upperBound
    }
    guard count <= SizeLimits.elements else {
      throw NetworkError(
        .tooLarge, at: name, expected: "at most \(SizeLimits.elements) parameters in all", found: "\(count)")
    }
  }
}

/// One named tensor of a network.
public struct ParameterEntry: Sendable, Equatable {
  /// The layer's name and the role: "affine1.weight".
  public let name: String
  /// The place of the layer in the network, from 0.
  public let layerIndex: Int
  /// Role and shape.
  public let specification: ParameterSpecification
  /// Where the values are in the network's contiguous buffer of parameters, or of running statistics.
  public let range: Range<Int>

  /// What the tensor is for: "weight", "bias", "running_mean" or "running_variance".
  public var role: String { specification.role }
  /// The dimensions, row-major.
  public var shape: [Int] { specification.shape }
}
