import Formatting
import NetworkRuns
import NeuralNetwork

extension TrainingWarning {
  /// A line for people.
  var text: String {
    switch self {
    case .classesWithoutSamples(let unseen, let classes):
      let list = unseen.prefix(10).map(String.init).joined(separator: ", ") + (unseen.count > 10 ? ", …" : "")
      return "no training sample has the label \(list) of 0 to \(classes - 1)"
    case .warmUpOutlastsRun(let warmUp, let iterations, let lastRate, let learningRate):
      return "--warm-up \(warmUp) is longer than the whole run of "
        + "\(Text.counted(iterations, "mini-batch", plural: "mini-batches")): the learning rate ends at "
        + "\(Text.significant(lastRate)) instead of \(learningRate)"
    case .scheduleRaisesLearningRate(let shape, let first, let last):
      return "--schedule \(shape) raises the learning rate, from \(first) to \(Text.significant(last)) in the end"
    case .lossFarAbove(let answer, let isFalling, let learningRate):
      return "the loss is far above that of \(answer.kind.text), \(Text.loss(answer.loss)); "
        + (isFalling
          ? "it fell: try more --epochs, or another --learning-rate than \(learningRate)"
          : "try a smaller --learning-rate than \(learningRate)")
    }
  }
}

extension ConstantAnswer.Kind {
  fileprivate var text: String {
    switch self {
    case .evenOdds: "guessing"
    case .meanTarget: "always answering with the mean target"
    }
  }
}
