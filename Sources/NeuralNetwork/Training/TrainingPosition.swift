/// How far training has come, and the sums of the epoch so far.
struct TrainingPosition {
  private(set) var iterationsPerEpoch: Int
  private(set) var totalIterations = 0
  private let duration: TrainingDuration
  /// All mini-batches so far.
  private(set) var iterations = 0
  /// The number of the current epoch, from 1.
  private(set) var epoch = 1
  private(set) var iterationOfEpoch = 0
  private(set) var samples = 0
  private(set) var sum = LossSum()
  var seconds = 0.0

  init(duration: TrainingDuration, iterationsPerEpoch: Int) {
    self.duration = duration
    self.iterationsPerEpoch = iterationsPerEpoch
    plan()
  }

  /// Changes the length of the epochs. To be called at the start of one.
  mutating func resize(iterationsPerEpoch: Int) {
    self.iterationsPerEpoch = iterationsPerEpoch
    plan()
  }

  /// Counts the mini-batches of the whole training: those that are done, and those of the epochs to come.
  private mutating func plan() {
    switch duration {
    case .epochs(let count):
      let (product, overflow) = (count - epoch + 1).multipliedReportingOverflow(by: iterationsPerEpoch)
      let (total, tooMany) = product.addingReportingOverflow(iterations)
      totalIterations = overflow || tooMany ? .max : total
    case .iterations(let count): totalIterations = count
    }
  }

  var isFinished: Bool { iterations >= totalIterations }
  var isAtEpochStart: Bool { iterationOfEpoch == 0 }
  /// Whether all mini-batches of the epoch are done, or all that the duration allows.
  var isEpochComplete: Bool { iterationOfEpoch == iterationsPerEpoch || isFinished }

  mutating func count(_ batch: LossSum, samples: Int) {
    iterations += 1
    iterationOfEpoch += 1
    self.samples += samples
    sum.loss += batch.loss
    sum.correct += batch.correct
  }

  mutating func beginNextEpoch() {
    epoch += 1
    iterationOfEpoch = 0
    samples = 0
    sum = LossSum()
    seconds = 0
  }

  func progress(loss: Double) -> TrainingProgress {
    TrainingProgress(
      epoch: epoch, iterationOfEpoch: iterationOfEpoch, iterationsPerEpoch: iterationsPerEpoch,
      iterations: iterations, totalIterations: totalIterations, loss: loss, samplesOfEpoch: samples)
  }
}
