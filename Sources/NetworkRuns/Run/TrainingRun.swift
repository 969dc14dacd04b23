public import ModelFormat
public import NeuralNetwork

/// What a training run has left.
public struct TrainedModel: Sendable {
  /// The network with its history and metadata, ready to be saved.
  public let model: Model
  /// How training ended.
  public let outcome: TrainingOutcome
  /// What each whole epoch gave.
  public let records: [EpochRecord]
  /// The loss over the mini-batches; nil if there was none.
  public let curve: LossCurve?
  /// The epoch that the weights are of, if it may not be the last.
  public let bestEpoch: Int?

  /// Whether the run was stopped before its end.
  public var isInterrupted: Bool {
    if case .stopped = outcome { true } else { false }
  }
}

/// Carries out a training plan: trains, keeps what each epoch gave, and saves the models of the way.
///
/// It keeps its place: after a stop, `run` goes on with the next mini-batch.
public final class TrainingRun {
  /// What is carried out.
  public let plan: TrainingPlan
  private let trainer: Trainer<Float>
  /// The checkpoints; nil if none are saved.
  package private(set) var checkpoints: Checkpoints?
  private var records: [EpochRecord] = []
  private var curve: LossCurve?

  /// Prepares a run; all memory that training needs is allocated here.
  ///
  /// - Throws: `TrainingPlanError.unfit` or `NetworkError` where data, loss and network do not fit one another.
  public convenience init(_ plan: TrainingPlan) throws { try self.init(plan, checkpoints: nil) }

  /// - Parameter checkpoints: which models are to be saved on the way.
  package init(_ plan: TrainingPlan, checkpoints: Checkpoints?) throws {
    self.plan = plan
    self.checkpoints = checkpoints
    trainer = try plan.makeTrainer()
  }

  /// Trains until the plan is fulfilled, patience is at an end, or `shouldStop` says so.
  ///
  /// - Parameters:
  ///   - epochEnded: Called after each epoch.
  ///   - progress: Called after each mini-batch; should return quickly.
  ///   - shouldStop: Asked after each mini-batch and each epoch.
  /// - Throws: `TrainingDivergence` when the loss or a weight is no longer finite; what saving the model of the start
  ///   throws; `NetworkError` with the code `threadUnavailable`.
  public func run(
    epochEnded: (EpochRecord) -> Void = { _ in }, progress: (TrainingProgress) -> Void = { _ in },
    shouldStop: () -> Bool = { false }
  ) throws -> TrainedModel {
    if curve == nil { saveCheckpoint(of: plan.network) }
    if let failure = checkpoints?.failure { throw failure }
    let outcome = try trainer.run(
      progress: { [self] in
        if curve == nil { curve = LossCurve(iterations: $0.totalIterations) }
        curve?.add($0.loss)
        progress($0)
      },
      epochEnded: { [self] in
        records.append($0)
        saveCheckpoint(of: trainer.network)
        epochEnded($0)
      },
      shouldStop: shouldStop)
    if case .diverged(let epoch, let iteration, let loss) = outcome {
      // A mini-batch whose loss is not finite changes no weight.
      throw TrainingDivergence(
        epoch: epoch, iteration: iteration, loss: loss, lastCheckpoint: checkpoints?.saved.last, plan: plan,
        hasLearned: iteration > 1 || trainer.network.parameters != plan.network.parameters)
    }
    // An interrupted run has the weights of where it was stopped.
    let bestEpoch: Int? = if case .stopped = outcome { nil } else { trainer.bestEpoch }
    return TrainedModel(
      model: try plan.model(
        of: trainer.network, records: records, curve: curve, outcome: outcome, bestEpoch: bestEpoch),
      outcome: outcome, records: records, curve: curve, bestEpoch: bestEpoch)
  }

  /// Why the first of the models of the way that are missing could not be saved. What was learned is worth more, so
  /// that the run goes on.
  package var checkpointFailure: (any Error)? { checkpoints?.failure }

  /// The network is copied for a model that is saved, and for no other.
  private func saveCheckpoint(of network: @autoclosure () -> Network<Float>) {
    checkpoints?.save(afterEpoch: records.count) {
      try plan.model(of: network(), records: records, curve: curve, outcome: .finished, bestEpoch: nil)
    }
  }
}
