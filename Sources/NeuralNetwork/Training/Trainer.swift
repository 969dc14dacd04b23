import Threads

/// Trains a network on a data set by mini-batches.
///
/// The trainer keeps its place: after a stop, `run` goes on with the next mini-batch. Not for use from
/// several threads at once; it makes its own.
public final class Trainer<Scalar: NetworkScalar> {
  /// The settings of the run.
  public let configuration: TrainingConfiguration

  private let architecture: Architecture<Scalar>
  private let training: Dataset<Scalar>
  private let validation: EvaluationData<Scalar>?
  private let test: EvaluationData<Scalar>?
  private let values: ValueBuffers<Scalar>
  private let head: LossHead<Scalar>
  private let updater: ParameterUpdater<Scalar>
  private var step: DataParallelStep<Scalar>
  private let inference: DataParallelInference<Scalar>
  private var sampler: BatchSampler
  private var position: TrainingPosition
  private var earlyStopping: EarlyStopping<Scalar>?
  /// The size of the batches from the next epoch on, if it changes.
  private var nextBatchSize: Int?

  /// Prepares training; all memory that mini-batches need is allocated here.
  ///
  /// - Parameters:
  ///   - network: Where training starts from.
  ///   - training: The samples to learn from.
  ///   - validation: Samples that are evaluated after each epoch.
  ///   - test: More samples that are evaluated after each epoch.
  ///   - order: The samples of each epoch in a chosen order, for sequential sampling alone; a sample may occur more than
  ///     once, or never. Without it, the order of the data set.
  ///   - configuration: The settings.
  /// - Throws: `NetworkError` if a data set is empty, if data, loss and network do not fit one another, if the
  ///   sampling does not fit the data, if there is patience but no validation data, or if the batch needs more
  ///   working memory than the limit. With the code `batchTooSmall` for a batch size of 1 where batch normalisation has
  ///   one value for each sample and channel, and with `countMismatch` for a single training sample there.
  public init(
    network: Network<Scalar>, training: Dataset<Scalar>, validation: Dataset<Scalar>? = nil,
    test: Dataset<Scalar>? = nil, order: [Int]? = nil, configuration: TrainingConfiguration
  ) throws(NetworkError) {
    let head = try network.lossHead(configuration.loss, for: training)
    guard Scalar(configuration.learningRate).isFinite, Scalar(configuration.learningRate) > 0 else {
      throw NetworkError(
        .valueOutOfRange, at: "learning rate", expected: "a number above 0 that \(Scalar.self) can hold",
        found: "\(configuration.learningRate)")
    }
    self.configuration = configuration
    self.training = training
    self.validation = try EvaluationData(validation, network, configuration.loss)
    self.test = try EvaluationData(test, network, configuration.loss)
    architecture = network.architecture
    self.head = head
    values = ValueBuffers(network)
    if configuration.patience != nil, validation == nil {
      throw NetworkError(
        .countMismatch, at: "patience", expected: "validation data whose loss is watched", found: "none")
    }
    earlyStopping = configuration.patience.map { EarlyStopping(patience: $0) }
    sampler = try BatchSampler(training, order: order, configuration, network.architecture)
    try Self.checkWorkspace(of: architecture, batchSize: sampler.division.largestBatch)
    position = TrainingPosition(
      duration: configuration.duration, iterationsPerEpoch: sampler.iterationsPerEpoch)
    updater = ParameterUpdater(
      optimizer: configuration.optimizer, weightDecay: configuration.weightDecay,
      clipping: configuration.clipping, parameters: values.parameters, entries: architecture.parameterEntries)
    step = DataParallelStep(
      architecture: architecture, head: head, inputs: training.inputs, updater: updater, values: values,
      seed: configuration.seed, threads: configuration.threads, batchSize: sampler.division.largestBatch)
    inference = DataParallelInference(architecture: architecture, threads: configuration.threads)
  }

  /// The network as it is now. Reading it copies all values.
  public var network: Network<Scalar> {
    Network(
      architecture: architecture, parameters: values.parameters.elements,
      runningStatistics: values.runningStatistics.elements)
  }

  /// The samples of a mini-batch of the current epoch.
  public var batchSize: Int { sampler.batchSize }

  /// The epoch with the smallest validation loss so far, if the configuration has patience.
  public var bestEpoch: Int? { earlyStopping?.bestEpoch }

  /// Changes the size of the mini-batches from the next epoch on. May be called from `epochEnded`.
  ///
  /// What the optimiser remembers stays. Of a duration in epochs the number of epochs stays. More memory is allocated at
  /// the start of that epoch if the new size needs it.
  ///
  /// - Throws: `NetworkError` with the code `valueOutOfRange` outside `1...TrainingConfiguration.maximumBatchSize`,
  ///   `batchTooSmall` as at the start, or `tooLarge` if the batch needs more working memory than the limit.
  public func changeBatchSize(to size: Int) throws(NetworkError) {
    try TrainingConfiguration.check(size, in: 1...TrainingConfiguration.maximumBatchSize, at: "batch size")
    try architecture.check(batchSize: size, samples: sampler.count)
    var resized = sampler
    resized.resize(to: size)
    try Self.checkWorkspace(of: architecture, batchSize: resized.division.largestBatch)
    nextBatchSize = size
  }

  /// Trains until the configured duration is over, the loss is no longer finite, or `shouldStop` says so.
  ///
  /// - Parameters:
  ///   - progress: Called after each mini-batch; should return quickly, because the workers wait.
  ///   - epochEnded: Called after each epoch and its evaluations, and after a last epoch that
  ///     `TrainingDuration.iterations` cuts short. `network` may be read here.
  ///   - shouldStop: Asked after each mini-batch, and after the evaluations of each epoch.
  /// - Returns: How training ended.
  /// - Throws: `NetworkError` with the code `threadUnavailable`.
  @specialized(where Scalar == Float)
  public func run(
    progress: (TrainingProgress) -> Void = { _ in }, epochEnded: (EpochRecord) -> Void = { _ in },
    shouldStop: () -> Bool = { false }
  ) throws(NetworkError) -> TrainingOutcome {
    let pool = try WorkerPool(threads: configuration.threads)
    let clock = ContinuousClock()
    while !isDone {
      let start = clock.now
      if position.isAtEpochStart { beginEpoch() }
      var stopped = false
      while !position.isEpochComplete, !stopped {
        let batch = sampler.next()
        let sum = learn(from: batch, pool: pool)
        position.count(sum, samples: batch.count)
        guard sum.loss.isFinite else {
          return .diverged(
            epoch: position.epoch, iteration: position.iterations, loss: sum.loss / Double(batch.count))
        }
        progress(position.progress(loss: sum.loss / Double(batch.count)))
        stopped = shouldStop()
      }
      position.seconds += (clock.now - start) / .seconds(1)
      // The loss tells of an update only in the mini-batch after it, and there may be none.
      guard values.areFinite else {
        return .diverged(epoch: position.epoch, iteration: position.iterations, loss: .nan)
      }
      if position.isEpochComplete {
        let record = makeRecord(pool)
        epochEnded(record)
        position.beginNextEpoch()
        earlyStopping?.observe(record, values)
        stopped = stopped || shouldStop()
      }
      if stopped, !isDone { return .stopped(afterIterations: position.iterations) }
    }
    earlyStopping?.restore(values)
    if let earlyStopping, earlyStopping.isOver, let best = earlyStopping.bestEpoch {
      return .stoppedEarly(bestEpoch: best)
    }
    return .finished
  }

  private static func checkWorkspace(of architecture: Architecture<Scalar>, batchSize: Int) throws(NetworkError) {
    try WorkspaceLayout(of: architecture, capacity: batchSize, mode: .training).check(at: "batch size")
  }

  private var isDone: Bool { position.isFinished || earlyStopping?.isOver == true }

  private func beginEpoch() {
    if let size = nextBatchSize {
      let previous = sampler.division.largestBatch
      sampler.resize(to: size)
      position.resize(iterationsPerEpoch: sampler.iterationsPerEpoch)
      if sampler.division.largestBatch > previous {
        step = DataParallelStep(
          architecture: architecture, head: head, inputs: training.inputs, updater: updater, values: values,
          seed: configuration.seed, threads: configuration.threads, batchSize: sampler.division.largestBatch)
      }
      nextBatchSize = nil
    }
    sampler.beginEpoch()
  }

  private func learn(from batch: Range<Int>, pool: WorkerPool) -> LossSum {
    unsafe sampler.order.withUnsafeBufferPointer { order in
      unsafe step.run(
        UnsafeBufferPointer(rebasing: order[batch]), iteration: position.iterations,
        learningRate: learningRate(of: position.iterations), pool: pool)
    }
  }

  /// The learning rate of a mini-batch of the current epoch.
  private func learningRate(of iteration: Int) -> Double {
    configuration.schedule.rate(
      base: configuration.learningRate, iteration: iteration, epoch: position.epoch - 1,
      totalIterations: position.totalIterations)
  }

  private func makeRecord(_ pool: WorkerPool) -> EpochRecord {
    let samples = Double(position.samples)
    let validation = validation.map { evaluate($0, pool) }
    let test = test.map { evaluate($0, pool) }
    return EpochRecord(
      epoch: position.epoch, iterations: position.iterations, loss: position.sum.loss / samples,
      accuracy: head.measuresAccuracy ? Double(position.sum.correct) / samples : nil,
      validationLoss: validation?.loss, validationAccuracy: validation?.accuracy, testLoss: test?.loss,
      testAccuracy: test?.accuracy, learningRate: learningRate(of: position.iterations - 1), seconds: position.seconds,
      samples: position.samples)
  }

  private func evaluate(_ data: EvaluationData<Scalar>, _ pool: WorkerPool) -> Evaluation {
    inference.evaluate(data.inputs, head: data.head, values: values.pointers, pool: pool)
  }
}

/// A data set that was found to fit the network and the loss.
private struct EvaluationData<Scalar: NetworkScalar> {
  let inputs: DatasetInputs<Scalar>
  let head: LossHead<Scalar>

  init?(_ dataset: Dataset<Scalar>?, _ network: Network<Scalar>, _ loss: Loss) throws(NetworkError) {
    guard let dataset else { return nil }
    inputs = dataset.inputs
    head = try network.lossHead(loss, for: dataset)
  }
}
