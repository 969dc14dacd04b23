import IDX
import ModelFormat
import NetworkStorage
import NeuralNetwork
import TestSupport
import Testing

@testable import NetworkRuns

struct TrainingRunTests {
  private func data(_ preparation: InputPreparation = InputPreparation()) throws -> TrainingData {
    try TrainingData(folder: Repository.path("samples/digits"), preparation: preparation)
  }

  @Test func theModelKeepsWhatTheRunWas() throws {
    var settings = TrainingSettings(network: .hidden([8]), duration: .epochs(2), seed: 5)
    settings.optimizer = .nesterov(0.5)
    settings.validationShare = 0.25
    settings.threads = 1
    var epochs: [Int] = []
    let trained = try TrainingRun(TrainingPlan(data(), settings)).run { epochs.append($0.epoch) }
    #expect(epochs == [1, 2] && trained.outcome == .finished && !trained.isInterrupted)
    let metadata = RunMetadata(trained.model.metadata)
    #expect(metadata.optimizer == .nesterov(0.5) && metadata.learningRate == 0.01 && metadata.seed == 5)
    #expect(metadata.duration == .epochs(2) && metadata.task == .classification && metadata.initializer == .he)
    #expect(metadata.samples == 1_078 && metadata.validationSamples == 360 && metadata.elementType == "uint8")
    #expect(metadata.generator == "nnkit 0.1.0" && metadata.bestEpoch == nil && metadata.missingValues == nil)
    #expect(LossCurve(metadata)?.values == trained.curve?.values)
    let history = trained.model.history
    #expect(history[.loss] == trained.records.map(\.loss) && history[.validationLoss]?.count == 2)
    #expect(history[.testAccuracy] == trained.records.compactMap(\.testAccuracy))
    #expect(trained.model.topology?.preprocessing == Preprocessing(scale: 1 / 255, offset: 0))
    _ = try Network<Float>(trained.model)
  }

  @Test func theSameSeedGivesTheSameWeights() throws {
    func weights(seed: UInt64) throws -> [Float] {
      var settings = TrainingSettings(network: .hidden([4], .tanh), duration: .iterations(7), seed: seed)
      settings.threads = 1
      return try Network<Float>(TrainingRun(TrainingPlan(data(), settings)).run().model).parameters
    }
    #expect(try weights(seed: 3) == weights(seed: 3))
    #expect(try weights(seed: 3) != weights(seed: 4))
  }

  @Test func aRunThatIsStoppedGoesOn() throws {
    var settings = TrainingSettings(network: .hidden([4]), duration: .iterations(9), seed: 1)
    settings.threads = 1
    let whole = try TrainingRun(TrainingPlan(data(), settings)).run()
    let run = try TrainingRun(TrainingPlan(data(), settings))
    var count = 0
    let part = try run.run(progress: { _ in count += 1 }, shouldStop: { count == 4 })
    #expect(part.isInterrupted && RunMetadata(part.model.metadata).interruptedAfter == 4)
    let rest = try run.run()
    #expect(rest.outcome == .finished && rest.model.tensors == whole.model.tensors)
    #expect(rest.curve == whole.curve)
  }

  @Test func divergenceSaysWhatToTry() throws {
    var settings = TrainingSettings(network: .hidden([16], .identity), duration: .epochs(3), seed: 1)
    settings.learningRate = 1e30
    settings.threads = 1
    let plan = try TrainingPlan(data(InputPreparation(normalization: Normalization.none)), settings)
    let error = #expect(throws: TrainingDivergence.self) { try TrainingRun(plan).run() }
    #expect(error?.cause == .stepsTooLarge && error?.lastCheckpoint == nil)
    #expect(error?.remedies == [.smallerLearningRate(than: 1e30), .standardizedInputs])
  }

  @Test func settingsThatDoNotFitTheDataAreRefused() throws {
    var settings = TrainingSettings(seed: 1)
    for share in [0, 1e-9, 1, .nan, .infinity, -1] {
      settings.validationShare = share
      let error = #expect(throws: TrainingPlanError.self, "\(share)") { try TrainingPlan(data(), settings) }
      guard case .emptySplit(_, samples: 1_438) = error else {
        Issue.record("\(share): \(String(describing: error))")
        continue
      }
    }
    settings.validationShare = nil
    settings.network = .layers(try NetworkText("dense(11)"))
    #expect(throws: NetworkTextError.self) { try TrainingPlan(data(), settings) }
    settings.network = .hidden([1_000_000_000_000])
    let error = #expect(throws: TrainingPlanError.self) { try TrainingPlan(data(), settings) }
    guard case .networkTooLarge = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
