import ModelFormat
public import NeuralNetwork

/// A training run whose loss or weights are no longer finite: where that was, and what to try.
public struct TrainingDivergence: Error, Equatable, Sendable {
  /// What is most likely wrong.
  public enum Cause: Sendable {
    /// Inputs, first weights or targets are too large: no weight had changed before.
    case valuesTooLarge
    /// The weight decay alone makes weights grow.
    case weightDecayTooLarge
    /// The steps are too large.
    case stepsTooLarge
  }

  /// What may help.
  public enum Remedy: Equatable, Sendable {
    /// Inputs with mean 0 and standard deviation 1.
    case standardizedInputs
    /// First weights that are smaller than those that were drawn in this way.
    case smallerWeights(than: Initializer)
    /// Targets that are smaller.
    case smallerTargets
    /// A smaller η.
    case smallerLearningRate(than: Double)
    /// A smaller λ.
    case smallerWeightDecay(than: Double)
  }

  /// The epoch, from 1.
  public let epoch: Int
  /// The mini-batches since training began.
  public let iteration: Int
  /// The loss of that mini-batch; NaN if it was a weight that was not finite.
  public let loss: Double
  /// The path of the last model that was saved on the way; nil if there is none.
  public let lastCheckpoint: String?
  /// What is most likely wrong.
  public let cause: Cause
  /// What may help, the most promising first.
  public let remedies: [Remedy]

  /// - Parameter hasLearned: whether a weight had changed before. If not, the learning rate has no part in it.
  init(epoch: Int, iteration: Int, loss: Double, lastCheckpoint: String?, plan: TrainingPlan, hasLearned: Bool) {
    self.epoch = epoch
    self.iteration = iteration
    self.loss = loss
    self.lastCheckpoint = lastCheckpoint
    let scaling: [Remedy] = plan.preprocessing == .identity ? [.standardizedInputs] : []
    let optimizer = plan.configuration.optimizer
    let (rate, decay) = (plan.configuration.learningRate, plan.configuration.weightDecay)
    if !hasLearned {
      cause = .valuesTooLarge
      let targets: [Remedy] = plan.task.isRegression ? [.smallerTargets] : []
      remedies = scaling + [.smallerWeights(than: plan.initializer)] + targets
    } else if min(rate, optimizer.defaultLearningRate) * decay > 2 {
      // A step multiplies the weights by 1 − ηλ, which is above 1 in magnitude from ηλ = 2 on: with no usual η, then.
      cause = .weightDecayTooLarge
      remedies = [.smallerWeightDecay(than: decay)]
    } else {
      cause = .stepsTooLarge
      let shrinkage: [Remedy] = decay > optimizer.defaultWeightDecay ? [.smallerWeightDecay(than: decay)] : []
      remedies = [.smallerLearningRate(than: rate)] + shrinkage + scaling
    }
  }
}

extension TrainingDivergence: CustomStringConvertible {
  /// One sentence with the evidence.
  public var description: String { "the loss or a weight became \(loss) in epoch \(epoch), mini-batch \(iteration)" }
}
