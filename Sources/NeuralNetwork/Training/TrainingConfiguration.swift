import Threads

/// How the samples of a mini-batch are chosen.
public enum Sampling: String, Sendable, CaseIterable {
  /// A new random order for each epoch; each sample once, the last batch may be smaller. A single last sample joins the
  /// batch before it where batch normalisation could not be trained with one.
  case withoutReplacement = "without-replacement"
  /// Each sample of each batch is drawn again from all samples.
  case withReplacement = "with-replacement"
  /// One random order that all epochs share.
  case shuffledOnce = "shuffled-once"
  /// A new random order for each epoch in which each mini-batch has each class in nearly its share of all samples. Each
  /// sample comes once. For data with labels alone.
  case stratified
  /// The order of the data set, or a chosen one, in each epoch.
  case sequential
}

/// How long training lasts.
public enum TrainingDuration: Sendable, Equatable {
  /// This many passes over the data, each of ⌈samples / batch size⌉ mini-batches.
  case epochs(Int)
  /// This many mini-batches; the last epoch may be cut short.
  case iterations(Int)
}

/// All settings of a training run. A value of this type is always valid.
public struct TrainingConfiguration: Sendable, Equatable {
  /// The greatest batch size.
  public static let maximumBatchSize = 1_048_576
  /// The greatest number of threads.
  public static var maximumThreads: Int { WorkerPool.maximum }

  /// What is made small.
  public let loss: Loss
  /// How gradients change the parameters.
  public let optimizer: Optimizer
  /// η, greater than 0.
  public let learningRate: Double
  /// How the learning rate changes while training goes on.
  public let schedule: LearningRateSchedule
  /// λ, at least 0: adds λ/2 ‖W‖² to the loss (L2 regularisation), with W the weights alone, not biases and not what
  /// batch normalisation learns. AdamW shrinks the weights by η λ W instead.
  public let weightDecay: Double
  /// How gradients that are too great are made smaller; nil if they are left alone.
  public let clipping: GradientClipping?
  /// The samples of one mini-batch at the start, 1...`maximumBatchSize`; see `Trainer.changeBatchSize`. Without replacement a batch never has more
  /// samples than the data set.
  public let batchSize: Int
  /// How long training lasts, at least 1 epoch or iteration.
  public let duration: TrainingDuration
  /// The epochs without a smaller validation loss after which training ends; nil to go on in any case.
  ///
  /// With it, the network is in the end that of the epoch with the smallest validation loss.
  public let patience: Int?
  /// How the samples of a mini-batch are chosen.
  public let sampling: Sampling
  /// What the random choices follow from.
  public let seed: UInt64
  /// The number of threads that share each mini-batch, 1...`maximumThreads`. The same seed and the same
  /// number of threads give bit-identical weights; another number gives other rounding errors.
  public let threads: Int

  /// Creates settings after a check of each.
  ///
  /// - Parameters:
  ///   - learningRate: η; the default is `Optimizer.defaultLearningRate`.
  ///   - weightDecay: λ; the default is `Optimizer.defaultWeightDecay`.
  /// - Throws: `NetworkError` with the code `valueOutOfRange` and the setting's name.
  public init(
    loss: Loss = .crossEntropy, optimizer: Optimizer = .sgd, learningRate: Double? = nil,
    schedule: LearningRateSchedule = .constant, weightDecay: Double? = nil, clipping: GradientClipping? = nil,
    batchSize: Int = 100,
    duration: TrainingDuration = .epochs(1), patience: Int? = nil, sampling: Sampling = .withoutReplacement,
    seed: UInt64,
    threads: Int = 1
  ) throws(NetworkError) {
    let learningRate = learningRate ?? optimizer.defaultLearningRate
    let weightDecay = weightDecay ?? optimizer.defaultWeightDecay
    try optimizer.validate()
    try clipping?.validate()
    guard weightDecay >= 0, Float(weightDecay).isFinite else {
      throw NetworkError(
        .valueOutOfRange, at: "weight decay", expected: "a number of at least 0 that Float can hold",
        found: "\(weightDecay)")
    }
    guard learningRate.isFinite, learningRate > 0 else {
      throw NetworkError(
        .valueOutOfRange, at: "learning rate", expected: "a finite number above 0", found: "\(learningRate)")
    }
    try Self.check(batchSize, in: 1...Self.maximumBatchSize, at: "batch size")
    try Self.check(threads, in: 1...Self.maximumThreads, at: "threads")
    switch duration {
    case .epochs(let count): try Self.check(count, in: 1...SizeLimits.elements, at: "epochs")
    case .iterations(let count): try Self.check(count, in: 1...SizeLimits.elements, at: "iterations")
    }
    if let patience { try Self.check(patience, in: 1...SizeLimits.elements, at: "patience") }
    self.loss = loss
    self.optimizer = optimizer
    self.learningRate = learningRate
    self.schedule = schedule
    self.weightDecay = weightDecay
    self.clipping = clipping
    self.batchSize = batchSize
    self.duration = duration
    self.patience = patience
    self.sampling = sampling
    self.seed = seed
    self.threads = threads
  }

  static func check(_ value: Int, in range: ClosedRange<Int>, at place: String) throws(NetworkError) {
    guard range.contains(value) else {
      throw NetworkError(
        .valueOutOfRange, at: place, expected: "\(range.lowerBound)...\(range.upperBound)", found: "\(value)")
    }
  }
}
