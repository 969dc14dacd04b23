/// A feedforward network: layers in a row, and their parameters.
///
/// A value: a copy is independent of the original, and a network never changes while it predicts. Training
/// is the work of `Trainer`.
public struct Network<Scalar: NetworkScalar>: Sendable {
  let stack: LayerStack<Scalar>
  /// All parameters in one piece, in the order of `parameterEntries`.
  public internal(set) var parameters: [Scalar]
  /// What layers measured while they were trained, in one piece, in the order of `runningStatisticsEntries`.
  public internal(set) var runningStatistics: [Scalar]

  /// Creates a network with weights drawn by `initializer`. All else begins as its layer says: biases at 0, the
  /// scales of batch normalisation at 1.
  ///
  /// - Parameters:
  ///   - inputShape: The shape of one sample, such as `[784]` or `[28, 28]`.
  ///   - layers: The layers, first to last.
  ///   - initializer: How weights are drawn.
  ///   - generator: Where the random numbers come from; it is advanced.
  /// - Throws: `NetworkError` with the code `invalidShape`, `tooLarge` or `valueOutOfRange`.
  public init(
    inputShape: [Int], layers: [LayerSpecification], initializer: Initializer,
    generator: inout RandomGenerator
  ) throws(NetworkError) {
    stack = try LayerStack(inputShape: inputShape, specifications: layers)
    parameters = Array(repeating: 0, count: stack.parameterCount)
    runningStatistics = Array(repeating: 0, count: stack.statisticsCount)
    for entry in stack.entries {
      switch entry.specification.start {
      case .random(let fan):
        let deviation = try initializer.standardDeviation(fan)
        for index in entry.range { parameters[index] = Scalar(deviation * generator.normal()) }
      case .constant(let value): for index in entry.range { parameters[index] = Scalar(value) }
      }
    }
    for entry in stack.statisticsEntries {
      guard case .constant(let value) = entry.specification.start else { continue }
      for index in entry.range { runningStatistics[index] = Scalar(value) }
    }
  }

  /// Creates a network from parameters that are known, matched by name.
  ///
  /// - Parameters:
  ///   - inputShape: The shape of one sample.
  ///   - layers: The layers, first to last.
  ///   - parameters: The values of each tensor, row-major, under the names of `parameterEntries` and
  ///     `runningStatisticsEntries`.
  /// - Throws: `NetworkError`: besides the errors of the shapes, `missingParameter`, `unknownParameter` or
  ///   `countMismatch`. Values are taken as they are, NaN and infinity included.
  public init(
    inputShape: [Int], layers: [LayerSpecification], parameters: [String: [Scalar]]
  ) throws(NetworkError) {
    stack = try LayerStack(inputShape: inputShape, specifications: layers)
    let names = (stack.entries + stack.statisticsEntries).map(\.name)
    let known = Set(names)
    for name in parameters.keys.sorted() where !known.contains(name) {
      throw NetworkError(
        .unknownParameter, at: "parameter \(name)", expected: "one of \(names)", found: "no layer that has it"
      )
    }
    self.parameters = try Self.buffer(of: stack.entries, parameters)
    runningStatistics = try Self.buffer(of: stack.statisticsEntries, parameters)
  }

  /// The values of all entries, one after another.
  private static func buffer(
    of entries: [ParameterEntry], _ parameters: [String: [Scalar]]
  ) throws(NetworkError) -> [Scalar] {
    var buffer: [Scalar] = []
    for entry in entries {
      guard let values = parameters[entry.name] else {
        throw NetworkError(
          .missingParameter, at: "parameter \(entry.name)",
          expected: "\(entry.range.count) values of the shape \(entry.shape)", found: "none")
      }
      guard values.count == entry.range.count else {
        throw NetworkError(
          .countMismatch, at: "parameter \(entry.name)",
          expected: "\(entry.range.count) values of the shape \(entry.shape)", found: "\(values.count)")
      }
      buffer += values
    }
    return buffer
  }

  init(stack: LayerStack<Scalar>, parameters: [Scalar], runningStatistics: [Scalar]) {
    self.stack = stack
    self.parameters = parameters
    self.runningStatistics = runningStatistics
  }

  /// The shape of one sample that comes in.
  public var inputShape: [Int] { stack.inputShape }
  /// The shape of one sample that goes out.
  public var outputShape: [Int] { stack.outputShape }
  /// The layers, first to last.
  public var layers: [LayerSpecification] { stack.specifications }
  /// The layers with names and shapes.
  public var layerDescriptions: [PlacedLayer] { stack.descriptions }
  /// The tensors of parameters, in the order of `parameters`.
  public var parameterEntries: [ParameterEntry] { stack.entries }
  /// The tensors that layers measure while they are trained, in the order of `runningStatistics`.
  public var runningStatisticsEntries: [ParameterEntry] { stack.statisticsEntries }
  /// The number of parameters of all layers, without running statistics.
  public var parameterCount: Int { stack.parameterCount }

  /// The fewest samples of a mini-batch that the network can be trained with.
  package var leastBatchSize: Int { stack.leastBatchSize }

  /// The values of one tensor, row-major; nil if the network has no tensor of that name.
  public func values(of name: String) -> [Scalar]? {
    if let entry = stack.entries.first(where: { $0.name == name }) { return Array(parameters[entry.range]) }
    guard let entry = stack.statisticsEntries.first(where: { $0.name == name }) else { return nil }
    return Array(runningStatistics[entry.range])
  }
}
