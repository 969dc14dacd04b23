import ModelFormat
import NeuralNetwork

extension TrainingPlan {
  /// What to try after a loss that is no number.
  ///
  /// - Parameter hasLearned: whether a weight had changed before. If not, the learning rate has no part in it.
  func advice(onDivergenceAfterLearning hasLearned: Bool) -> String {
    let scaling = preprocessing == .identity ? ["--normalize standard"] : []
    guard hasLearned else {
      let weights =
        if case .normal(let deviation) = initializer { "a smaller --initializer than normal:\(deviation)" } else {
          "a smaller --initializer, such as normal:0.01"
        }
      return "\(task.isRegression ? "Inputs, first weights or targets" : "Inputs or first weights") are too large: try "
        + TrainingPlan.list(scaling + [weights] + (task.isRegression ? ["smaller targets"] : []))
    }
    let (rate, decay) = (configuration.learningRate, configuration.weightDecay)
    // A step multiplies the weights by 1 − ηλ, which is above 1 in magnitude from ηλ = 2 on: with no usual η, then.
    if min(rate, configuration.optimizer.defaultLearningRate) * decay > 2 {
      return "Try a smaller --weight-decay than \(decay)"
    }
    let steps = ["a smaller --learning-rate than \(rate)"]
    let shrinkage =
      decay > configuration.optimizer.defaultWeightDecay ? ["a smaller --weight-decay than \(decay)"] : []
    return "Try \(TrainingPlan.list(steps + shrinkage + scaling)), or look for damaged input values"
  }

  /// `a`, `a or b`, `a, b or c`.
  private static func list(_ words: [String]) -> String {
    words.count < 2
      ? words.joined() : words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
  }
}
