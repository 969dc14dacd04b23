/// A feedforward network: layers in a row, and their parameters.
///
/// A value: a copy is independent of the original, and a network never changes while it predicts. Training
/// is the work of `Trainer`.
public struct Network<Scalar: NetworkScalar>: Sendable {
  /// Its layers and the places of their tensors.
  public let architecture: Architecture<Scalar>
  /// All parameters in one piece, in the order of `parameterEntries`.
  public internal(set) var parameters: [Scalar]
  /// What layers measured while they were trained, in one piece, in the order of `runningStatisticsEntries`.
  public internal(set) var runningStatistics: [Scalar]

  /// Creates a network with weights drawn by `initializer`. All else begins as its layer says: biases at 0, the
  /// scales of batch normalisation at 1.
  ///
  /// - Parameters:
  ///   - architecture: Its layers.
  ///   - initializer: How weights are drawn.
  ///   - generator: Where the random numbers come from; it is advanced.
  /// - Throws: `NetworkError` with the code `valueOutOfRange` for a deviation that is no standard deviation.
  public init(
    _ architecture: Architecture<Scalar>, initializer: Initializer, generator: inout RandomGenerator
  ) throws(NetworkError) {
    self.architecture = architecture
    parameters = Array(repeating: 0, count: architecture.parameterCount)
    runningStatistics = Array(repeating: 0, count: architecture.runningStatisticsCount)
    for entry in architecture.parameterEntries {
      switch entry.specification.start {
      case .random(let fan):
        let deviation = try initializer.standardDeviation(fan)
        for index in entry.range { parameters[index] = Scalar(deviation * generator.normal()) }
      case .constant(let value): for index in entry.range { parameters[index] = Scalar(value) }
      }
    }
    for entry in architecture.runningStatisticsEntries {
      guard case .constant(let value) = entry.specification.start else { continue }
      for index in entry.range { runningStatistics[index] = Scalar(value) }
    }
  }

  /// Creates a network with weights drawn by `initializer`.
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
    try self.init(
      Architecture(inputShape: inputShape, layers: layers), initializer: initializer, generator: &generator)
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
    let architecture = try Architecture<Scalar>(inputShape: inputShape, layers: layers)
    let names = (architecture.parameterEntries + architecture.runningStatisticsEntries).map(\.name)
    let known = Set(names)
    for name in parameters.keys.sorted() where !known.contains(name) {
      throw NetworkError(
        .unknownParameter, at: "parameter \(name)", expected: "one of \(names)", found: "no layer that has it"
      )
    }
    unsafe try self.init(architecture) { (entry, buffer) throws(NetworkError) in
      let values = parameters[entry.name]
      guard let values, values.count == buffer.count else {
        throw NetworkError(
          values == nil ? .missingParameter : .countMismatch, at: "parameter \(entry.name)",
          expected: "\(buffer.count) values of the shape \(entry.shape)", found: values.map { "\($0.count)" } ?? "none")
      }
      _ = unsafe buffer.initialize(fromContentsOf: values)
    }
  }

  /// Creates a network whose values `fill` writes, tensor after tensor: parameters first, then running statistics.
  ///
  /// - Parameter fill: Gets each tensor and its part of the network's memory, all of which it has to initialise.
  /// - Throws: What `fill` throws.
  package init<Failure: Error>(
    _ architecture: Architecture<Scalar>,
    filledBy fill: (ParameterEntry, UnsafeMutableBufferPointer<Scalar>) throws(Failure) -> Void
  ) throws(Failure) {
    self.architecture = architecture
    parameters = try unsafe Self.values(of: architecture.parameterEntries, filledBy: fill)
    runningStatistics = try unsafe Self.values(of: architecture.runningStatisticsEntries, filledBy: fill)
  }

  /// The values of all entries, one after another.
  private static func values<Failure: Error>(
    of entries: [ParameterEntry],
    filledBy fill: (ParameterEntry, UnsafeMutableBufferPointer<Scalar>) throws(Failure) -> Void
  ) throws(Failure) -> [Scalar] {
    let total = entries.last?.range.upperBound ?? 0
    var failure: Failure?
    let values = unsafe [Scalar](unsafeUninitializedCapacity: total) { buffer, count in
      do throws(Failure) {
        for entry in entries { try unsafe fill(entry, UnsafeMutableBufferPointer(rebasing: buffer[entry.range])) }
        count = total
      } catch { failure = error }
    }
    if let failure { throw failure }
    return values
  }

  init(architecture: Architecture<Scalar>, parameters: [Scalar], runningStatistics: [Scalar]) {
    self.architecture = architecture
    self.parameters = parameters
    self.runningStatistics = runningStatistics
  }

  /// The shape of one sample that comes in.
  public var inputShape: [Int] { architecture.inputShape }
  /// The shape of one sample that goes out.
  public var outputShape: [Int] { architecture.outputShape }
  /// The layers, first to last.
  public var layers: [LayerSpecification] { architecture.specifications }
  /// The layers with names and shapes.
  public var layerDescriptions: [PlacedLayer] { architecture.placedLayers }
  /// The tensors of parameters, in the order of `parameters`.
  public var parameterEntries: [ParameterEntry] { architecture.parameterEntries }
  /// The tensors that layers measure while they are trained, in the order of `runningStatistics`.
  public var runningStatisticsEntries: [ParameterEntry] { architecture.runningStatisticsEntries }
  /// The number of parameters of all layers, without running statistics.
  public var parameterCount: Int { architecture.parameterCount }

  /// The fewest samples of a mini-batch that the network can be trained with.
  package var leastBatchSize: Int { architecture.leastBatchSize }

  /// The values of one tensor, row-major; nil if the network has no tensor of that name.
  public func values(of name: String) -> [Scalar]? {
    if let entry = parameterEntries.first(where: { $0.name == name }) { return Array(parameters[entry.range]) }
    guard let entry = runningStatisticsEntries.first(where: { $0.name == name }) else { return nil }
    return Array(runningStatistics[entry.range])
  }
}
