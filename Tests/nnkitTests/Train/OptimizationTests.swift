import TestSupport
import Testing

/// Optimisers, schedules, sampling and early stopping of `nnkit train`, on the digits that come with the project.
struct OptimizationTests {
  private func train(_ options: [String], in folder: TemporaryFolder) throws -> [[String: Any]] {
    let outcome = try Program.run(
      ["train", Digits.folder, "--hidden", "32", "--batch-size", "32", "--seed", "1", "--json", "--force"] + options
        + ["--output", "digits.nnk"], in: folder)
    try #require(outcome.exitCode == 0, "\(outcome.errors)")
    return try JSON.lines(outcome.outputLines)
  }

  private func metadata(in folder: TemporaryFolder) throws -> [String: Any] {
    let outcome = try Program.run(["inspect", "digits.nnk", "--json"], in: folder)
    return try JSON.object(outcome.output).object("metadata")
  }

  @Test(arguments: ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"])
  func everyOptimizerLearnsWithItsDefaults(name: String) throws {
    let folder = try TemporaryFolder()
    let events = try train(["--optimizer", name, "--epochs", "5"], in: folder)
    #expect(try events[5].number("test_accuracy") > 0.85)
    let rates = ["sgd": 0.1, "adam": 0.001, "adamw": 0.001]
    #expect(try events[0].string("optimizer") == name)
    #expect(try events[0].number("learning_rate") == rates[name] ?? 0.01)
    #expect(try metadata(in: folder).string("training.optimizer") == name)
  }

  @Test(arguments: ["without-replacement", "with-replacement", "shuffled-once", "stratified", "sequential"])
  func everySamplingLearns(name: String) throws {
    let folder = try TemporaryFolder()
    let events = try train(["--sampling", name, "--epochs", "5"], in: folder)
    #expect(try events[5].number("test_accuracy") > 0.8)
    #expect(try metadata(in: folder).string("training.sampling") == name)
  }

  @Test func theModelKeepsAllSettings() throws {
    let folder = try TemporaryFolder()
    let events = try train(
      [
        "--optimizer", "momentum", "--momentum", "0.5", "--learning-rate", "0.2", "--weight-decay", "0.001",
        "--clip-norm", "2", "--schedule", "step(2, 0.5)", "--warm-up", "20", "--epochs", "5",
      ], in: folder)
    let metadata = try metadata(in: folder)
    #expect(try metadata.string("training.optimizer") == "momentum")
    #expect(try metadata.number("training.momentum") == 0.5)
    #expect(try metadata.number("training.learning_rate") == 0.2)
    #expect(try metadata.number("training.weight_decay") == 0.001)
    #expect(try metadata.number("training.clip_norm") == 2)
    #expect(try metadata.string("training.schedule") == "step(2,0.5)")
    #expect(try metadata.integer("training.warm_up_iterations") == 20)
    let rates = try events[1...5].map { try $0.number("learning_rate") }
    #expect(rates == [0.2, 0.2, 0.1, 0.1, 0.05])
  }

  @Test func adamKeepsItsSettings() throws {
    let folder = try TemporaryFolder()
    _ = try train(["--optimizer", "adamw", "--clip-value", "0.5", "--epochs", "1"], in: folder)
    let metadata = try metadata(in: folder)
    #expect(try metadata.number("training.beta1") == 0.9)
    #expect(try metadata.number("training.beta2") == 0.999)
    #expect(try metadata.number("training.epsilon") == 1e-8)
    #expect(try metadata.number("training.weight_decay") == 0.01)
    #expect(try metadata.number("training.clip_value") == 0.5)
  }

  @Test func earlyStoppingEndsTrainingAndKeepsTheBestEpoch() throws {
    let folder = try TemporaryFolder()
    // A rate this high overfits within a few epochs.
    let events = try train(
      [
        "--optimizer", "adam", "--learning-rate", "0.02", "--validation-split", "0.3", "--early-stopping", "2",
        "--epochs", "100",
      ], in: folder)
    let losses = try events.dropFirst().dropLast().map { try $0.number("validation_loss") }
    #expect(losses.count < 100)
    let best = try #require(losses.indices.min { losses[$0] < losses[$1] }) + 1
    #expect(losses.count == best + 2)
    let end = try #require(events.last)
    #expect(try end.integer("best_epoch") == best)
    #expect(try end.integer("epochs") == losses.count)
    let metadata = try metadata(in: folder)
    #expect(try metadata.integer("training.best_epoch") == best)
    #expect(try metadata.integer("training.early_stopping") == 2)
    // The test accuracy of the saved weights is that of the best epoch.
    try Program.succeed(
      [
        "predict", "digits.nnk", Digits.testImages, "--labels", Digits.testLabels, "--output", "predictions.csv",
        "--report", "report.json",
      ], in: folder)
    let accuracy = try JSON.object(folder.text("report.json")).number("accuracy")
    #expect(abs(try events[best].number("test_accuracy") - accuracy) < 1e-9)
  }
}
