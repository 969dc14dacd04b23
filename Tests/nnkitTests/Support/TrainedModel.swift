import TestSupport

/// Models that many tests need; each is trained once.
enum TrainedModel {
  /// 64-8-10, a few kilobytes.
  static let small = Result { try train(hidden: "8", epochs: "3") }
  /// The same from another start.
  static let other = Result { try train(hidden: "8", epochs: "3", seed: "2") }
  /// 64-32-10, good enough to be right most of the time.
  static let good = Result { try train(hidden: "32", epochs: "8") }

  struct TrainingFailed: Error {
    let errors: String
  }

  private static func train(hidden: String, epochs: String, seed: String = "1") throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      [
        "train", Digits.folder, "--hidden", hidden, "--epochs", epochs, "--batch-size", "32", "--seed", seed,
        "--output", "model.nnk",
      ], in: folder)
    guard outcome.exitCode == 0 else { throw TrainingFailed(errors: outcome.errors) }
    return try folder.read("model.nnk")
  }
}
