public import NeuralNetwork

/// What a training run is asked for. Whatever is nil follows from the data, the network or the machine.
public struct TrainingSettings: Sendable {
  /// What the network looks like.
  public var network: NetworkDesign
  /// How its weights are drawn; nil for He's way after rectifiers, Xavier's otherwise.
  public var initializer: Initializer?
  /// What is made small; nil for cross-entropy, or the squared error of a regression.
  public var loss: Loss?
  /// How gradients change the weights.
  public var optimizer = Optimizer.sgd
  /// η; nil for `Optimizer.defaultLearningRate`.
  public var learningRate: Double?
  /// How η changes.
  public var schedule = LearningRateSchedule.constant
  /// λ; nil for `Optimizer.defaultWeightDecay`.
  public var weightDecay: Double?
  /// How gradients that are too great are made smaller.
  public var clipping: GradientClipping?
  /// The samples of a mini-batch.
  public var batchSize = 100
  /// How long training lasts.
  public var duration: TrainingDuration
  /// How the samples of a mini-batch are chosen.
  public var sampling = Sampling.withoutReplacement
  /// The share of the training data to set aside and evaluate on, above 0 and below 1; nil for none.
  public var validationShare: Double?
  /// The epochs without a smaller validation loss after which training ends; nil to go on to the end.
  public var patience: Int?
  /// What all random choices follow from, up to 2⁶³ − 1.
  public var seed: UInt64
  /// The threads that share each mini-batch; nil for one per processor, fewer where mini-batches are small.
  public var threads: Int?

  /// The usual settings, a property at a time to be changed.
  ///
  /// - Parameter seed: the default is another one each time.
  public init(
    network: NetworkDesign = .hidden([]), duration: TrainingDuration = .epochs(10),
    seed: UInt64 = .random(in: 0...UInt64(Int64.max))
  ) {
    self.network = network
    self.duration = duration
    self.seed = seed
  }

  /// The settings as training takes them.
  ///
  /// - Throws: `NetworkError` with the code `valueOutOfRange`.
  func configuration(loss: Loss, threads: Int) throws(NetworkError) -> TrainingConfiguration {
    try TrainingConfiguration(
      loss: loss, optimizer: optimizer, learningRate: learningRate, schedule: schedule, weightDecay: weightDecay,
      clipping: clipping, batchSize: batchSize, duration: duration, patience: patience, sampling: sampling, seed: seed,
      threads: threads)
  }
}
