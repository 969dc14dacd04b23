import NeuralNetwork
import Testing

struct EarlyStoppingTests {
  /// The target of training is 1, that of validation 0.3: the weight passes the best value on its way.
  private func trainer(patience: Int?, epochs: Int, hasValidation: Bool = true) throws -> Trainer<Double> {
    func data(_ target: Double) throws -> Dataset<Double> {
      try Dataset(inputs: DatasetInputs(Matrix([[1]])), targets: .values(Matrix([[target]])))
    }
    let network = try Network<Double>(
      inputShape: [1], layers: [.affine(outputs: 1), .identity],
      parameters: ["affine1.weight": [0], "affine1.bias": [0]])
    return try Trainer(
      network: network, training: data(1), validation: hasValidation ? data(0.3) : nil,
      configuration: TrainingConfiguration(
        loss: .squaredError, learningRate: 0.05, duration: .epochs(epochs), patience: patience, seed: 1))
  }

  /// Training ends when the validation loss does not fall, and the best comes back.
  @Test(arguments: [1, 3]) func trainingEndsWhenTheValidationLossDoesNotFall(
    patience: Int
  ) throws {
    // The output of epoch e is 1 − 0.9ᵉ: 0.1, 0.19, 0.271, 0.344, 0.41, …; 0.271 is nearest to 0.3.
    let trainer = try trainer(patience: patience, epochs: 100)
    var records: [EpochRecord] = []
    #expect(try trainer.run(epochEnded: { records.append($0) }) == .stoppedEarly(bestEpoch: 3))
    #expect(records.count == 3 + patience)
    #expect(trainer.bestEpoch == 3)
    #expect(abs(trainer.network.parameters.reduce(0, +) - 0.271) < 1e-12)
    // Another run changes nothing.
    #expect(try trainer.run(epochEnded: { records.append($0) }) == .stoppedEarly(bestEpoch: 3))
    #expect(records.count == 3 + patience)
  }

  @Test func theBestComesBackTooIfTheEpochsAreOverFirst() throws {
    let trainer = try trainer(patience: 50, epochs: 6)
    #expect(try trainer.run() == .finished)
    #expect(trainer.bestEpoch == 3)
    #expect(abs(trainer.network.parameters.reduce(0, +) - 0.271) < 1e-12)
  }

  @Test func withoutPatienceAllEpochsAreTrained() throws {
    let trainer = try trainer(patience: nil, epochs: 6)
    #expect(try trainer.run() == .finished)
    #expect(trainer.bestEpoch == nil)
    #expect(abs(trainer.network.parameters.reduce(0, +) - (1 - 0.531_441)) < 1e-12)
  }

  @Test func aStopByTheUserKeepsWhatWasLearnedLast() throws {
    let trainer = try trainer(patience: 3, epochs: 100)
    var epochs = 0
    let outcome = try trainer.run(epochEnded: { _ in epochs += 1 }, shouldStop: { epochs == 5 })
    #expect(outcome == .stopped(afterIterations: 5))
    #expect(abs(trainer.network.parameters.reduce(0, +) - (1 - 0.590_49)) < 1e-12)
    #expect(try trainer.run() == .stoppedEarly(bestEpoch: 3))
  }

  @Test func patienceNeedsValidationDataAndIsAtLeastOneEpoch() {
    #expect(networkError { _ = try trainer(patience: 2, epochs: 5, hasValidation: false) }?.place == "patience")
    #expect(networkError { _ = try trainer(patience: 0, epochs: 5) }?.place == "patience")
  }
}
