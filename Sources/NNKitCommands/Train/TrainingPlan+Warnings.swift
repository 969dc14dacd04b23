import Formatting
import NeuralNetwork

/// What a user should know of a run that goes on nevertheless.
extension TrainingPlan {
  /// What is known before training begins.
  var warnings: [String] {
    var warnings: [String] = []
    let unseen = classesWithoutSamples
    if !unseen.isEmpty {
      let list = unseen.prefix(10).map(String.init).joined(separator: ", ") + (unseen.count > 10 ? ", …" : "")
      warnings.append("no training sample has the label \(list) of 0 to \(task.outputs - 1)")
    }
    let (schedule, base) = (configuration.schedule, configuration.learningRate)
    let last = schedule.rate(
      base: base, iteration: iterationCount - 1, epoch: epochCount - 1, totalIterations: iterationCount)
    if schedule.warmUp > iterationCount {
      warnings.append(
        "--warm-up \(schedule.warmUp) is longer than the whole run of "
          + "\(Text.counted(iterationCount, "mini-batch", plural: "mini-batches")): the learning rate ends at "
          + "\(Text.significant(last)) instead of \(base)")
    } else if last > base {
      warnings.append(
        "--schedule \(schedule.shape) raises the learning rate, from \(base) to \(Text.significant(last)) in the end")
    }
    return warnings
  }

  /// What the loss in the end tells: who is far above the loss of an answer that needs no network has diverged.
  func warnings(behind records: [EpochRecord]) -> [String] {
    guard let loss = records.last?.loss, let guessing = lossOfGuessing, loss > 2 * guessing.loss else { return [] }
    let rate = configuration.learningRate
    let isFalling = records.first.map { $0.loss > loss } ?? false
    return [
      "the loss is far above that of \(guessing.what), \(Text.loss(guessing.loss)); "
        + (isFalling
          ? "it fell: try more --epochs, or another --learning-rate than \(rate)"
          : "try a smaller --learning-rate than \(rate)")
    ]
  }

  /// The loss of an answer that is the same for all samples; nil where none is known, or it is right for all of them.
  private var lossOfGuessing: (loss: Double, what: String)? {
    switch configuration.loss {
    case .crossEntropy: return (Loss.crossEntropyOfGuessing(classes: task.outputs), "guessing")
    case .squaredError:
      let loss = Loss.squaredErrorOfMean(training.targets)
      return loss > 0 ? (loss, "always answering with the mean target") : nil
    case .binaryCrossEntropy: return nil
    }
  }
}
