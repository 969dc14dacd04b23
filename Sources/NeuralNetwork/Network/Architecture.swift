/// What a network is without its values: layers, their shapes, and the names and places of their tensors.
///
/// It is found once, from the input shape and the layers as their author writes them; networks, training and its memory
/// are made from it.
public struct Architecture<Scalar: NetworkScalar>: Sendable {
  /// The shape of one sample that comes in.
  public let inputShape: [Int]
  /// The shape of one sample that goes out.
  public let outputShape: [Int]
  /// The layers as their author writes them, first to last.
  public let specifications: [LayerSpecification]
  /// The layers with names and shapes.
  public let placedLayers: [PlacedLayer]
  /// The tensors of parameters, in the order of their buffer.
  public let parameterEntries: [ParameterEntry]
  /// The tensors that layers measure while they are trained, in the order of their buffer.
  public let runningStatisticsEntries: [ParameterEntry]
  /// The number of parameters of all layers, without running statistics.
  public let parameterCount: Int
  /// The number of running statistics of all layers.
  public let runningStatisticsCount: Int

  /// The working parts of the layers.
  let layers: [any Layer<Scalar>]
  /// Where the parameters of each layer start.
  let offsets: [Int]
  /// Where the running statistics of each layer start.
  let statisticsOffsets: [Int]
  /// Which layers write their output over their input in training.
  let overwritesInput: [Bool]

  /// Makes each layer for the output shape of the one before. O(number of layers).
  ///
  /// - Parameters:
  ///   - inputShape: The shape of one sample, such as `[784]` or `[28, 28]`.
  ///   - layers: The layers, first to last; at least one.
  /// - Throws: `NetworkError` with the code `invalidShape`, `tooLarge` or `valueOutOfRange`.
  public init(inputShape: [Int], layers specifications: [LayerSpecification]) throws(NetworkError) {
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
    try self.init(inputShape: inputShape, working: layers)
  }

  /// Gives each layer its name and each of its tensors a place in its buffer.
  init(inputShape: [Int], working layers: [(any Layer<Scalar>, LayerSpecification)]) throws(NetworkError) {
    var placed: [PlacedLayer] = []
    var parameters = TensorPlaces()
    var statistics = TensorPlaces()
    var numbers: [String: Int] = [:]
    for (index, (layer, specification)) in layers.enumerated() {
      numbers[specification.kind, default: 0] += 1
      let name = specification.kind + String(numbers[specification.kind, default: 0])
      try parameters.append(layer.parameters, ofLayer: index, name: name)
      try statistics.append(layer.runningStatistics, ofLayer: index, name: name)
      placed.append(
        PlacedLayer(
          index: index, name: name, specification: specification, inputShape: layer.inputShape,
          outputShape: layer.outputShape, parameters: layer.parameters,
          runningStatistics: layer.runningStatistics))
    }
    self.inputShape = inputShape
    self.specifications = layers.map(\.1)
    self.layers = layers.map(\.0)
    placedLayers = placed
    parameterEntries = parameters.entries
    runningStatisticsEntries = statistics.entries
    offsets = parameters.offsets
    statisticsOffsets = statistics.offsets
    parameterCount = parameters.count
    runningStatisticsCount = statistics.count
    outputShape = layers.last?.0.outputShape ?? inputShape
    overwritesInput = Self.sharedMemory(of: layers.map(\.0))
  }

  /// The values of one sample that come in.
  public var inputCount: Int { inputShape.reduce(1, *) }
  /// The values of one sample that go out.
  public var outputCount: Int { outputShape.reduce(1, *) }

  /// The most numbers that any layer sums over workers at one go.
  var sharedSumCount: Int { layers.reduce(0) { max($0, $1.sharedSumCount) } }

  /// The fewest samples of a mini-batch that all layers can be trained with.
  package var leastBatchSize: Int { layers.reduce(1) { max($0, $1.leastBatchSize) } }

  /// Refuses mini-batches of fewer samples, and data that have no more.
  func check(batchSize: Int, samples: Int) throws(NetworkError) {
    let least = leastBatchSize
    guard let index = layers.firstIndex(where: { $0.leastBatchSize == least }), samples < least || batchSize < least
    else { return }
    let reason = "\(placedLayers[index].name) normalises each value over the samples of a mini-batch"
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
