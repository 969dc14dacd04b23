import ModelFormat
import NetworkRuns
import NetworkStorage
import NeuralNetwork
import Testing

/// What training measures becomes columns of the history.
struct HistoryTests {
  /// Epochs of a short training; with test data only where asked for.
  private func records(validation: Bool, labels: Bool = true) throws -> [EpochRecord] {
    var generator = RandomGenerator(seed: 4)
    let network = try Network<Float>(
      inputShape: [2], layers: [.affine(outputs: 3), .softmax], initializer: .xavier, generator: &generator)
    let inputs = try Matrix<Float>(
      rows: 12, columns: 2, elements: (0..<24).map { _ in Float(generator.normal()) })
    let targets: Targets<Float> =
      labels
      ? .labels((0..<12).map { $0 % 3 }, classes: 3)
      : .values(try Matrix(rows: 12, columns: 3, elements: [Float](repeating: 0.25, count: 36)))
    let data = try Dataset(inputs: try DatasetInputs(inputs), targets: targets)
    let trainer = try Trainer(
      network: network, training: data, validation: validation ? data : nil,
      configuration: try TrainingConfiguration(
        loss: .squaredError, learningRate: 0.5, batchSize: 4, duration: .epochs(3), seed: 6))
    var records: [EpochRecord] = []
    #expect(try trainer.run(epochEnded: { records.append($0) }) == .finished)
    return records
  }

  @Test func aColumnForEachQuantity() throws {
    let records = try records(validation: true)
    let history = try TrainingHistory(records)
    #expect(
      history.columns.map(\.name) == [
        "loss", "accuracy", "validation_loss", "validation_accuracy", "learning_rate", "seconds", "samples",
      ])
    #expect(history.epochs == 3)
    #expect(history["loss"] == records.map(\.loss))
    #expect(history["accuracy"] == records.map { $0.accuracy ?? -1 })
    #expect(history["validation_loss"] == records.map { $0.validationLoss ?? -1 })
    #expect(history["learning_rate"] == [0.5, 0.5, 0.5])
    #expect(history["seconds"] == records.map(\.seconds))
    #expect(history["samples"] == [12, 12, 12])
  }

  @Test func whatWasNeverMeasuredHasNoColumn() throws {
    let history = try TrainingHistory(try records(validation: false))
    #expect(history.columns.map(\.name) == ["loss", "accuracy", "learning_rate", "seconds", "samples"])
  }

  @Test func whatIsMissingInAnEpochIsNaN() throws {
    // Two epochs without validation data, then three with them.
    let mixed = try records(validation: false).dropLast() + records(validation: true)
    let values = try #require(try TrainingHistory(Array(mixed))["validation_loss"])
    #expect(values.map(\.isNaN) == [true, true, false, false, false])
  }

  @Test func noEpochsGiveNoColumnsWithValues() throws {
    #expect(try TrainingHistory([]).epochs == 0)
  }

  @Test func theHistorySurvivesTheFile() throws {
    let mixed = try records(validation: false) + records(validation: true)
    var generator = RandomGenerator(seed: 1)
    let network = try Network<Float>(
      inputShape: [4], layers: [.affine(outputs: 3), .softmax], initializer: .he, generator: &generator)
    let model = try Model(network, history: TrainingHistory(mixed))
    #expect(try ModelReader(bytes: model.encoded()).history == model.history)
  }
}
