public import ModelFormat
import NetworkStorage
public import NeuralNetwork
import Threads

/// Everything that a training run is made of, checked before it begins.
public struct TrainingPlan: Sendable {
  /// What is learned from.
  public let training: Dataset<Float>
  /// What was set aside, and is evaluated after each epoch.
  public let validation: Dataset<Float>?
  /// What is evaluated after each epoch besides.
  public let test: Dataset<Float>?
  /// The settings of the trainer.
  public let configuration: TrainingConfiguration
  /// What the network learns to answer.
  public let task: TrainingTask
  /// The training samples that were left out because a value is missing.
  public let droppedSamples: Int
  /// The network at the start.
  public let network: Network<Float>
  /// How its weights were drawn.
  public let initializer: Initializer
  /// What was done to raw values.
  public let preprocessing: Preprocessing
  /// What a model keeps of the run, as far as it is known before.
  private let metadata: RunMetadata

  /// Joins data and settings.
  ///
  /// - Throws: `TrainingPlanError`; `NetworkTextError` for layers that the samples do not fit; `NetworkError` for a
  ///   setting that is out of range.
  public init(_ data: TrainingData, _ settings: TrainingSettings) throws {
    task = data.task
    preprocessing = data.preprocessing
    droppedSamples = data.droppedSamples
    test = data.test
    let loss = settings.loss ?? data.task.loss
    // One generator for the initial weights, then one for the split: the trainer's own stream is independent of both.
    var generator = RandomGenerator(seed: settings.seed)
    let layers = try settings.network.layers(inputShape: data.inputShape, task: data.task, loss: loss)
    initializer = settings.initializer ?? settings.network.initializer
    let architecture = try TrainingPlan.architecture(inputShape: data.inputShape, layers: layers)
    let threads =
      settings.threads
      ?? ThreadChoice.threads(
        training: architecture, batchSize: settings.batchSize, processors: Processors.count)
    configuration = try settings.configuration(loss: loss, threads: threads)
    guard configuration.sampling != .stratified || !data.task.isRegression else {
      throw TrainingPlanError.stratifiedRegression
    }
    try TrainingPlan.checkMemory(
      for: architecture, data: data, configuration: configuration, splits: settings.validationShare != nil)
    network = try Network(architecture, initializer: initializer, generator: &generator)
    (training, validation) = try TrainingPlan.split(data.training, share: settings.validationShare, &generator)
    var metadata = data.metadata
    metadata.generator = Toolkit.generator
    metadata.record(configuration)
    metadata.initializer = initializer
    metadata.samples = training.count
    metadata.validationSamples = validation?.count
    self.metadata = metadata
  }

  /// How many epochs there will be; the last one of a number of iterations may be cut short.
  public var epochCount: Int {
    switch configuration.duration {
    case .epochs(let count): count
    case .iterations(let count): (count - 1) / iterationsPerEpoch + 1
    }
  }

  /// How many mini-batches there will be in all.
  public var iterationCount: Int {
    switch configuration.duration {
    case .epochs(let count):
      let (product, overflow) = count.multipliedReportingOverflow(by: iterationsPerEpoch)
      return overflow ? .max : product
    case .iterations(let count): return count
    }
  }

  private var iterationsPerEpoch: Int {
    EpochDivision(
      samples: training.count, batchSize: configuration.batchSize, sampling: configuration.sampling,
      leastBatchSize: network.leastBatchSize
    ).iterations
  }

  /// The trainer for this plan; all memory that training needs is allocated here.
  func makeTrainer() throws -> Trainer<Float> {
    do {
      return try Trainer(
        network: network, training: training, validation: validation, test: test, configuration: configuration)
    } catch {
      switch error.code {
      case .batchTooSmall, .tooLarge, .lossMismatch: throw TrainingPlanError.unfit(error, task)
      default: throw error
      }
    }
  }

  /// The model that stores a trained network, with what is known of how far training came.
  ///
  /// - Parameter bestEpoch: the epoch whose weights the network has, if it may not be the last.
  func model(
    of trained: Network<Float>, records: [EpochRecord], curve: LossCurve?, outcome: TrainingOutcome, bestEpoch: Int?
  ) throws(ModelFormatError) -> Model {
    var metadata = metadata
    metadata.bestEpoch = bestEpoch
    curve?.store(in: &metadata, epochs: records.count)
    if case .stopped(let iterations) = outcome { metadata.interruptedAfter = iterations }
    return try Model(
      trained, preprocessing: preprocessing, loss: configuration.loss,
      history: records.isEmpty ? .empty : TrainingHistory(records), metadata: metadata.attributes)
  }

  /// A network that is too large comes from the settings, not from the data.
  private static func architecture(inputShape: [Int], layers: [LayerSpecification]) throws -> Architecture<Float> {
    do { return try Architecture(inputShape: inputShape, layers: layers) } catch {
      throw error.code == .tooLarge ? TrainingPlanError.networkTooLarge(error) : error
    }
  }

  /// Sets aside a share of the samples, chosen at random.
  private static func split(
    _ all: Dataset<Float>, share: Double?, _ generator: inout RandomGenerator
  ) throws -> (training: Dataset<Float>, validation: Dataset<Float>?) {
    guard let share else { return (all, nil) }
    let count = Int(exactly: (Double(all.count) * share).rounded()) ?? 0
    guard count > 0, count < all.count else { throw TrainingPlanError.emptySplit(share: share, samples: all.count) }
    var order = Array(0..<all.count)
    generator.shuffle(&order)
    return (
      try all.subset(order[count...].sorted()), try all.subset(order[..<count].sorted())
    )
  }
}
