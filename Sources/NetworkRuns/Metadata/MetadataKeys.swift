public import NeuralNetwork

/// Every metadata entry that a run writes or reads, a line each. What they mean is in `specs/conventions.md`.
///
/// The settings of an optimiser are not among them: their names follow from `Optimizer.settings`.
public struct MetadataKeys: Sendable {
  /// The program that wrote the model, and its version.
  public let generator = MetadataKey<String>("generator")

  /// The element type of the training inputs in their file.
  public let elementType = MetadataKey<String>("data.element_type")
  /// Tells whether two runs saw the same training data.
  public let fingerprint = MetadataKey<String>("data.fingerprint")
  /// The test samples, without those that were left out.
  public let testSamples = MetadataKey<Int>("data.test_samples")
  /// Tells whether two runs were tested with the same data.
  public let testFingerprint = MetadataKey<String>("data.test_fingerprint")
  /// What became of missing input values.
  public let missingValues = MetadataKey<MissingValues>("data.missing_values")

  /// What the network learned to answer.
  public let task = MetadataKey<TrainingTask.Name>("training.task")
  /// What training made small.
  public let loss = MetadataKey<Loss>("training.loss")
  /// The training samples, without those that were set aside or left out.
  public let samples = MetadataKey<Int>("training.samples")
  /// The samples that were set aside.
  public let validationSamples = MetadataKey<Int>("training.validation_samples")
  /// How the first weights were drawn.
  public let initializer = MetadataKey<Initializer>("training.initializer")
  /// What all random choices follow from.
  public let seed = MetadataKey<UInt64>("training.seed")
  /// The threads that shared each mini-batch.
  public let threads = MetadataKey<Int>("training.threads")
  /// The samples of a mini-batch.
  public let batchSize = MetadataKey<Int>("training.batch_size")
  /// How the samples of a mini-batch were chosen.
  public let sampling = MetadataKey<Sampling>("training.sampling")
  /// The epochs that were asked for.
  public let epochs = MetadataKey<Int>("training.epochs")
  /// The mini-batches that were asked for, instead of epochs.
  public let iterations = MetadataKey<Int>("training.iterations")

  /// How gradients changed the weights.
  public let optimizerName = MetadataKey<Optimizer.Name>("training.optimizer")
  /// η.
  public let learningRate = MetadataKey<Double>("training.learning_rate")
  /// How the learning rate changed; without it, not at all.
  public let scheduleShape = MetadataKey<LearningRateSchedule.Shape>("training.schedule")
  /// The mini-batches in which the learning rate rose.
  public let warmUp = MetadataKey<Int>("training.warm_up_iterations")
  /// λ.
  public let weightDecay = MetadataKey<Double>("training.weight_decay")
  /// The greatest norm that the gradients of all parameters had together.
  public let clipNorm = MetadataKey<Double>("training.clip_norm")
  /// The greatest magnitude that a gradient had.
  public let clipValue = MetadataKey<Double>("training.clip_value")
  /// The epochs without a smaller validation loss after which training was to end.
  public let patience = MetadataKey<Int>("training.early_stopping")

  /// The epoch that the weights are of, if it may not be the last.
  public let bestEpoch = MetadataKey<Int>("training.best_epoch")
  /// The epoch after which this model was saved while training went on; 0 is the start.
  public let checkpointEpoch = MetadataKey<Int>("training.checkpoint_epoch")
  /// The mini-batches after which training was stopped before its end.
  public let interruptedAfter = MetadataKey<Int>("training.interrupted_after_iterations")
  /// The mean loss of each stretch of mini-batches.
  public let lossCurveValues = MetadataKey<[Double]>("training.loss_curve")
  /// The mini-batches of each stretch.
  public let lossCurveInterval = MetadataKey<Int>("training.loss_curve_interval")

  static let all = MetadataKeys()
}
