import Formatting
import NetworkRuns
import NeuralNetwork

extension TrainingDivergence {
  /// What happened, what is left of the run, and what to try.
  var failure: CommandFailure {
    let hasLearned = cause != .valuesTooLarge
    let saved = lastCheckpoint.map { "\($0) is the last model that was saved" } ?? "nothing was saved"
    return .badData(
      "the loss or a weight became \(Text.nonFinite(loss)) in epoch \(epoch), mini-batch \(iteration)"
        + "\(hasLearned ? "" : ", before any weight had changed"); \(saved). \(advice)")
  }

  private var advice: String {
    let list = Text.alternatives(remedies.map(\.text))
    switch cause {
    case .valuesTooLarge:
      let values = remedies.contains(.smallerTargets) ? "Inputs, first weights or targets" : "Inputs or first weights"
      return "\(values) are too large: try \(list)"
    case .weightDecayTooLarge: return "Try \(list)"
    case .stepsTooLarge: return "Try \(list), or look for damaged input values"
    }
  }
}

extension TrainingDivergence.Remedy {
  fileprivate var text: String {
    switch self {
    case .standardizedInputs: "--normalize standard"
    case .smallerWeights(than: .normal(let deviation)): "a smaller --initializer than normal:\(deviation)"
    case .smallerWeights: "a smaller --initializer, such as normal:0.01"
    case .smallerTargets: "smaller targets"
    case .smallerLearningRate(let rate): "a smaller --learning-rate than \(rate)"
    case .smallerWeightDecay(let decay): "a smaller --weight-decay than \(decay)"
    }
  }
}
