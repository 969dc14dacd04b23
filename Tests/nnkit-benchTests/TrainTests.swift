import Foundation
import IDX
import NeuralNetwork
import TestSupport
import Testing

/// `nnkit-bench train`.
struct TrainTests {
  /// 1,438 images of 8 × 8 for training, 359 for test, 10 classes.
  static let digits = Repository.path("samples/digits")

  private func report(_ arguments: [String]) throws -> [String: Any] {
    try Bench.report(["train", Self.digits] + arguments)
  }

  private func expect(_ report: [String: Any], _ key: String, near expected: Double) throws {
    let value = try #require(report[key] as? Double, "\(key)")
    // Foundation may read the last digit of a number otherwise than it wrote it.
    #expect((value - expected).magnitude <= 1e-12 * expected.magnitude, "\(key): \(value), expected \(expected)")
  }

  /// One line of JSON: what was run, positive seconds, and a fraction of the peak that follows from the rest.
  @Test func oneLineOfJSONSaysWhatWasRunAndHowFast() throws {
    let report = try report([
      "--arch", "64-16-10", "--activation", "relu", "--batch-size", "50", "--epochs", "3", "--learning-rate", "0.2",
      "--threads", "2", "--seed", "7",
    ])
    #expect(
      Set(report.keys) == [
        "tool", "network", "optimizer", "learning_rate", "batch_size", "epochs", "seed", "threads", "samples",
        "seconds_per_epoch", "best", "loss", "test_accuracy", "products_GFLOP", "peak_GFLOP_per_s", "fraction_of_peak",
      ])
    #expect(report["tool"] as? String == "nnkit")
    #expect(report["network"] as? String == "dense(16) relu dense(10)")
    #expect(report["optimizer"] as? String == "sgd")
    #expect(report["learning_rate"] as? Double == 0.2)
    #expect(report["batch_size"] as? Int == 50)
    #expect(report["epochs"] as? Int == 3)
    #expect(report["seed"] as? Int == 7)
    #expect(report["threads"] as? Int == 2)
    #expect(report["samples"] as? Int == 1_438)
    let seconds = try #require(report["seconds_per_epoch"] as? [Double])
    #expect(seconds.count == 3 && seconds.allSatisfy { $0 > 0 && $0.isFinite })
    let best = try #require(seconds.min())
    try expect(report, "best", near: best)
    let peak = try #require(report["peak_GFLOP_per_s"] as? Double)
    #expect(peak > 0 && peak.isFinite)
    let products = try #require(report["products_GFLOP"] as? Double)
    try expect(report, "fraction_of_peak", near: products / best / peak)
  }

  /// Operations for each sample, counted by hand: a product of m × k and k × n matrices has 2·m·n·k, and no one needs
  /// ∂L/∂X of the first layer that learns.
  @Test(arguments: [
    (["--arch", "64-16-10"], 2 * 2 * 64 * 16 + 3 * 2 * 16 * 10),
    (["--arch", "64-32-16-10", "--activation", "tanh"], 2 * 2 * 64 * 32 + 3 * 2 * (32 * 16 + 16 * 10)),
    (["--network", "flatten dense(10) softmax"], 2 * 2 * 64 * 10),
    // 4 × 8 × 8 outputs of 9 terms, then 6 × 3 × 3 outputs of 4 · 9 terms.
    (
      ["--network", "conv(4,3,padding=1) relu conv(6,3,stride=2) flatten dense(10)"],
      2 * 2 * 256 * 9 + 3 * 2 * (54 * 36 + 54 * 10)
    ),
    // Batch normalisation has parameters too, so that the layer after it must say how its input matters.
    (["--network", "batchnorm maxpool(2) dropout(0.1) dense(10)"], 3 * 2 * 16 * 10),
  ])
  func theOperationsOfAnEpochsProducts(options: [String], ofOneSample: Int) throws {
    let report = try report(options + ["--epochs", "1", "--threads", "1"])
    try expect(report, "products_GFLOP", near: Double(ofOneSample) * 1_438 / 1e9)
  }

  @Test func itTrainsWhatTheLibraryTrainsFromTheSameSeed() throws {
    let report = try report([
      "--network", "dense(24) tanh dense(10)", "--epochs", "4", "--batch-size", "20", "--seed", "11", "--threads", "2",
    ])
    let files = try IDXFolder(path: Self.digits)
    func dataset(_ pair: IDXFolder.FilePair) throws -> Dataset<Float> {
      let data = try pair.load()
      return try Dataset(
        inputs: DatasetInputs(bytes: data.samples.bytes, width: 64, scale: 1 / 255, offset: 0),
        targets: .labels(data.labels, classes: 10))
    }
    var generator = RandomGenerator(seed: 11)
    let trainer = try Trainer(
      network: Network<Float>(
        inputShape: [8, 8], layers: [.affine(outputs: 24), .tanh, .affine(outputs: 10), .softmax],
        initializer: .xavier, generator: &generator),
      training: dataset(files.training),
      configuration: TrainingConfiguration(
        learningRate: 0.1, batchSize: 20, duration: .epochs(4), seed: 11, threads: 2))
    var loss = Double.nan
    _ = try trainer.run(epochEnded: { loss = $0.loss })
    let test = try trainer.network.evaluate(dataset(#require(files.test)), loss: .crossEntropy)
    try expect(report, "loss", near: loss)
    try expect(report, "test_accuracy", near: try #require(test.accuracy))
    #expect(try #require(test.accuracy) > 0.8)
  }

  @Test func withoutTestDataThereIsNoAccuracy() throws {
    let folder = try TemporaryFolder()
    for name in ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"] {
      try FileManager.default.copyItem(atPath: Self.digits + "/" + name, toPath: folder.file(name))
    }
    let report = try Bench.report(["train", folder.path, "--arch", "64-10", "--epochs", "1"])
    #expect(report["test_accuracy"] == nil && report["best"] != nil)
  }

  @Test(arguments: [
    ([digits + "/missing"], "missing"), ([digits], "expected 64 inputs"),
    ([digits, "--arch", "64-11"], "expected 10 outputs"),
    ([digits, "--network", "dense(11)"], "expected 10 outputs"),
    ([digits, "--arch", "64"], "64"), ([digits, "--arch", "64-0-10"], "64-0-10"),
    ([digits, "--arch", "64--10"], "64--10"), ([digits, "--network", "dens(10)"], "dens"),
    ([digits, "--network", "conv(8,9) dense(10)"], "conv(8,9)"),
    ([digits, "--network", "dense(10)", "--activation", "relu"], "not both"),
    ([digits, "--batch-size", "0"], "--batch-size"), ([digits, "--epochs", "0"], "--epochs"),
    ([digits, "--threads", "0"], "--threads"), ([digits, "--learning-rate", "nan"], "--learning-rate"),
    ([digits, "--arch", "64-10", "--threads", "100000"], "threads"),
    (
      [digits, "--arch", "64-10-10", "--activation", "identity", "--learning-rate", "1e30"], "smaller --learning-rate"
    ),
  ])
  func whatCannotBeMeasuredIsRefusedWithoutAReport(arguments: [String], message: String) throws {
    let outcome = try Bench.run(["train"] + arguments)
    #expect(outcome.exitCode != 0)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }
}
