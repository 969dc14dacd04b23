import ModelFormat
import NetworkRuns
import NeuralNetwork
import Testing

struct RunSummaryTests {
  private func history(_ columns: [(String, [Double])]) throws -> TrainingHistory {
    try TrainingHistory(columns: columns.map { TrainingHistory.Column(name: $0.0, values: $0.1) })
  }

  @Test func `The best epoch has the least validation loss, else the least test loss`() throws {
    let losses = [("loss", [3.0, 2, 1]), ("test_loss", [3.0, 1, 2]), ("validation_loss", [.nan, 4, 4])]
    let both = RunSummary(history: try history(losses), metadata: [:])
    #expect(both.bestEpoch == 2 && both.bestColumn == .validationLoss && both.weightsEpoch == 3)
    #expect(!both.isOfEarlierEpoch)
    let test = RunSummary(history: try history(Array(losses.prefix(2))), metadata: [:])
    #expect(test.bestEpoch == 2 && test.bestColumn == .testLoss)
    let neither = RunSummary(history: try history(Array(losses.prefix(1))), metadata: [:])
    #expect(neither.bestEpoch == nil && neither.values[.loss] == 1)
    #expect(RunSummary(history: .empty, metadata: [:]).weightsEpoch == nil)
  }

  @Test func `After early stopping the values are those of the epoch that was kept`() throws {
    let kept = RunSummary(
      history: try history([("loss", [3, 2, 1]), ("test_accuracy", [0.5, 0.9, 0.7])]),
      metadata: ["training.best_epoch": 2, "data.test_samples": 100])
    #expect(kept.weightsEpoch == 2 && kept.isOfEarlierEpoch)
    #expect(kept.values[.loss] == 2 && kept.accuracy?.value == 0.9)
    // statsmodels.stats.proportion.proportion_confint(90, 100, method="wilson")
    let interval = try #require(kept.accuracy?.interval)
    #expect(abs(interval.lower - 0.825_634_3) < 1e-6 && abs(interval.upper - 0.944_770_9) < 1e-6)
  }

  @Test func `Numbers from a file that make no sense are done without`() throws {
    let odd = RunSummary(
      history: try history([("loss", [1]), ("test_accuracy", [7])]),
      metadata: ["training.best_epoch": 99, "data.test_samples": -4])
    #expect(odd.weightsEpoch == 1 && odd.accuracy == nil)
    let negative = RunSummary(
      history: try history([("test_accuracy", [0.5])]), metadata: ["data.test_samples": .integer(.min)])
    #expect(negative.accuracy?.value == 0.5 && negative.accuracy?.interval == nil)
  }
}
