/// What one epoch of training gave.
public struct EpochRecord: Sendable, Equatable {
  /// The number of the epoch, from 1.
  public let epoch: Int
  /// All mini-batches since training began.
  public let iterations: Int
  /// The mean loss over the samples of the epoch, measured while training went on.
  public let loss: Double
  /// The share of right answers, measured like the loss; nil for a regression.
  public let accuracy: Double?
  /// The mean loss over the validation data after the epoch; nil without such data.
  public let validationLoss: Double?
  /// The share of right answers on the validation data.
  public let validationAccuracy: Double?
  /// The mean loss over the test data after the epoch; nil without such data.
  public let testLoss: Double?
  /// The share of right answers on the test data.
  public let testAccuracy: Double?
  /// The learning rate of the last mini-batch of the epoch.
  public let learningRate: Double
  /// The time of the mini-batches of this epoch in seconds, without evaluations.
  public let seconds: Double
  /// The samples that were learned from in this epoch.
  public let samples: Int

  /// Samples per second of training; 0 if the clock saw no time pass.
  public var samplesPerSecond: Double { seconds > 0 ? Double(samples) / seconds : 0 }
}

/// Where training is, after a mini-batch.
public struct TrainingProgress: Sendable, Equatable {
  /// The number of the epoch, from 1.
  public let epoch: Int
  /// The mini-batches of this epoch that are done.
  public let iterationOfEpoch: Int
  /// The mini-batches of a whole epoch.
  public let iterationsPerEpoch: Int
  /// All mini-batches since training began.
  public let iterations: Int
  /// All mini-batches that the configured duration asks for.
  public let totalIterations: Int
  /// The mean loss over the last mini-batch.
  public let loss: Double
  /// The samples of this epoch that are done.
  public let samplesOfEpoch: Int
}

/// How a training run ended.
public enum TrainingOutcome: Sendable, Equatable {
  /// The configured duration is over.
  case finished
  /// The validation loss did not become smaller for as many epochs as the configured patience allows. The network is that
  /// of the epoch with the smallest.
  case stoppedEarly(bestEpoch: Int)
  /// `shouldStop` asked to stop. `Trainer.run` may be called again to go on.
  case stopped(afterIterations: Int)
  /// The loss of a mini-batch was NaN or infinite, or a parameter was found to be so at the end of an epoch or of
  /// training; then the loss is NaN. The network is of no use; a smaller learning rate may help.
  case diverged(epoch: Int, iteration: Int, loss: Double)
}

/// How well a network does on a data set.
public struct Evaluation: Sendable, Equatable {
  /// The mean loss over the samples.
  public let loss: Double
  /// The share of right answers; nil for a regression.
  public let accuracy: Double?
  /// The number of samples.
  public let samples: Int
}
