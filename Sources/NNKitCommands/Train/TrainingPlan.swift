import Formatting
import IDX
import ModelFormat
import NetworkStorage
import NeuralNetwork
import Threads

/// Everything that a training run is made of, checked before it begins.
struct TrainingPlan {
  let training: Dataset<Float>
  let validation: Dataset<Float>?
  let test: Dataset<Float>?
  let configuration: TrainingConfiguration
  /// What the network learns to answer.
  let task: TrainingTask
  /// The training samples that were left out because a value is missing.
  let droppedSamples: Int
  let network: Network<Float>
  /// How its weights were drawn.
  let initializer: Initializer
  let preprocessing: Preprocessing
  private var metadata: Attributes

  init(
    _ sources: (training: IDXSupervisedSamples, test: IDXSupervisedSamples?), preparation: PreparationOptions,
    network options: NetworkOptions, training settings: TrainingOptions, seed: UInt64
  ) throws {
    let data = try TrainingData(sources, preparation)
    task = data.task
    preprocessing = data.preprocessing
    droppedSamples = data.droppedSamples
    test = data.test
    let loss = settings.loss?.value ?? data.task.loss
    // One generator for the initial weights, then one for the split: the trainer's own stream is independent of both.
    var generator = RandomGenerator(seed: seed)
    let layers = try options.layers(inputShape: data.inputShape, task: data.task, loss: loss)
    initializer = options.initializer(for: layers)
    let threads = try settings.threads ?? TrainingPlan.threads(layers, data, settings)
    configuration = try TrainingPlan.configuration(settings, loss: loss, seed: seed, threads: threads)
    try TrainingPlan.check(configuration, fits: data.task)
    try TrainingPlan.checkMemory(
      for: layers, data: data, configuration: configuration, splits: settings.validationSplit != nil)
    network = try TrainingPlan.network(inputShape: data.inputShape, layers: layers, initializer, &generator)
    (training, validation) = try TrainingPlan.split(data.training, share: settings.validationSplit, &generator)
    metadata = TrainingPlan.metadata(configuration, initializer, training, validation)
    metadata[TrainingTask.metadataKey] = .string(data.task.name.rawValue)
    for entry in data.metadata.entries { metadata[entry.name] = entry.value }
  }

  /// How many epochs there will be; the last one of a number of iterations may be cut short.
  var epochCount: Int {
    switch configuration.duration {
    case .epochs(let count): count
    case .iterations(let count): (count - 1) / iterationsPerEpoch + 1
    }
  }

  /// How many mini-batches there will be in all.
  var iterationCount: Int {
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

  /// The classes below the largest label that no training sample has.
  var classesWithoutSamples: [Int] {
    guard case .labels(let labels, let classes) = training.targets else { return [] }
    let seen = Set(labels)
    return (0..<classes).filter { !seen.contains($0) }
  }

  /// The trainer for this plan; all memory that training needs is allocated here.
  func makeTrainer() throws -> Trainer<Float> {
    do {
      return try Trainer(
        network: network, training: training, validation: validation, test: test, configuration: configuration)
    } catch {
      switch error.code {
      case .batchTooSmall: throw CommandFailure.usage("--batch-size \(error.found): expected \(error.expected)")
      case .tooLarge: throw CommandFailure.usage("\(error); try a smaller --batch-size, or smaller layers")
      case .lossMismatch:
        throw CommandFailure.usage(
          "\(error)\(task.isRegression ? "; use --loss squared-error for a regression" : "")")
      default: throw error
      }
    }
  }

  /// The model that keeps a trained network, with what is known of how far training came.
  ///
  /// - Parameter bestEpoch: the epoch whose weights the network has, if it is not the last.
  func model(
    of trained: Network<Float>, records: [EpochRecord], curve: LossCurve?, outcome: TrainingOutcome, bestEpoch: Int?
  ) throws -> Model {
    var metadata = metadata
    if let bestEpoch { metadata["training.best_epoch"] = .integer(bestEpoch) }
    curve?.store(in: &metadata, epochs: records.count)
    switch configuration.duration {
    case .epochs(let count): metadata["training.epochs"] = .integer(count)
    case .iterations(let count): metadata["training.iterations"] = .integer(count)
    }
    if case .stopped(let iterations) = outcome {
      metadata["training.interrupted_after_iterations"] = .integer(iterations)
    }
    return try Model(
      trained, preprocessing: preprocessing, loss: configuration.loss,
      history: records.isEmpty ? .empty : TrainingHistory(records), metadata: metadata)
  }

  private static func threads(
    _ layers: [LayerSpecification], _ data: TrainingData, _ settings: TrainingOptions
  ) throws -> Int {
    do {
      return try ThreadChoice.threads(
        training: layers, inputShape: data.inputShape, batchSize: settings.batchSize, processors: Processors.count)
    } catch { throw networkFailure(error) }
  }

  private static func configuration(
    _ settings: TrainingOptions, loss: Loss, seed: UInt64, threads: Int
  ) throws -> TrainingConfiguration {
    let optimization = settings.optimization
    return try TrainingConfiguration(
      loss: loss, optimizer: optimization.configuredOptimizer, learningRate: optimization.learningRate,
      schedule: optimization.configuredSchedule(), weightDecay: optimization.weightDecay,
      clipping: optimization.clipping, batchSize: settings.batchSize, duration: settings.duration,
      patience: settings.earlyStopping, sampling: settings.sampling.value, seed: seed, threads: threads)
  }

  private static func check(_ configuration: TrainingConfiguration, fits task: TrainingTask) throws {
    guard configuration.sampling != .stratified || !task.isRegression else {
      throw CommandFailure.usage(
        "--sampling stratified gives each mini-batch every class in its share, and these targets are numbers, not classes: "
          + "use --sampling without-replacement")
    }
  }

  private static func network(
    inputShape: [Int], layers: [LayerSpecification], _ initializer: Initializer,
    _ generator: inout RandomGenerator
  ) throws -> Network<Float> {
    do {
      return try Network(
        inputShape: inputShape, layers: layers, initializer: initializer, generator: &generator)
    } catch { throw networkFailure(error) }
  }

  /// A network that is too large comes from the options, not from the data.
  static func networkFailure(_ error: NetworkError) -> any Error {
    guard error.code == .tooLarge else { return error }
    return CommandFailure.usage("the network is too large: \(error); make its layers smaller")
  }

  /// Sets aside a share of the samples, chosen at random.
  private static func split(
    _ all: Dataset<Float>, share: Double?, _ generator: inout RandomGenerator
  ) throws -> (training: Dataset<Float>, validation: Dataset<Float>?) {
    guard let share else { return (all, nil) }
    let count = Int((Double(all.count) * share).rounded())
    guard count > 0, count < all.count else {
      throw CommandFailure.usage(
        "--validation-split \(share) of \(Text.counted(all.count, "sample")) leaves one side empty")
    }
    var order = Array(0..<all.count)
    generator.shuffle(&order)
    return (
      try all.subset(order[count...].sorted()), try all.subset(order[..<count].sorted())
    )
  }

  private static func metadata(
    _ configuration: TrainingConfiguration, _ initializer: Initializer, _ training: Dataset<Float>,
    _ validation: Dataset<Float>?
  ) -> Attributes {
    var metadata: Attributes = [
      "generator": .string("nnkit \(NNKitCommand.version)"),
      "training.loss": .string(configuration.loss.rawValue),
      "training.batch_size": .integer(configuration.batchSize),
      "training.sampling": .string(configuration.sampling.rawValue),
      "training.seed": .integer(Int(configuration.seed)),
      "training.threads": .integer(configuration.threads),
      "training.samples": .integer(training.count),
    ]
    for (name, value) in configuration.optimizationMetadata { metadata[name] = value }
    if let validation { metadata["training.validation_samples"] = .integer(validation.count) }
    switch initializer {
    case .xavier: metadata["training.initializer"] = "xavier"
    case .he: metadata["training.initializer"] = "he"
    case .normal(let deviation): metadata["training.initializer"] = .string("normal:\(deviation)")
    }
    return metadata
  }
}
