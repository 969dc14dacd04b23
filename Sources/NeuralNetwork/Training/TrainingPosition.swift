/// How far training has come, and the sums of the epoch so far.
struct TrainingPosition {
  let iterationsPerEpoch: Int
  let totalIterations: Int
  /// All mini-batches so far.
  private(set) var iterations = 0
  /// The number of the current epoch, from 1.
  private(set) var epoch = 1
  private(set) var iterationOfEpoch = 0
  private(set) var samples = 0
  private(set) var sum = LossSum()
  var seconds = 0.0

  init(duration: TrainingDuration, iterationsPerEpoch: Int) {
    self.iterationsPerEpoch = iterationsPerEpoch
    switch duration {
    case .epochs(let count):
      let (product, overflow) = count.multipliedReportingOverflow(by: iterationsPerEpoch)
      totalIterations = overflow ? .max : product
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
