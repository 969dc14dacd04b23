import TestSupport

/// The handwritten digits that come with the project.
enum Digits {
  static let folder = Repository.path("samples/digits")

  static let trainingImages = folder + "/train-images-idx3-ubyte.gz"
  static let trainingLabels = folder + "/train-labels-idx1-ubyte.gz"
  static let testImages = folder + "/t10k-images-idx3-ubyte.gz"
  static let testLabels = folder + "/t10k-labels-idx1-ubyte.gz"
  static let testCount = 359
}

/// Models that many tests need; each is trained once.
enum TrainedModel {
  /// 64-8-10, a few kilobytes.
  static let small = Result { try train(hidden: "8", epochs: "3") }
  /// 64-32-10, good enough to be right most of the time.
  static let good = Result { try train(hidden: "32", epochs: "8") }

  struct TrainingFailed: Error {
    let errors: String
  }

  private static func train(hidden: String, epochs: String) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      [
        "train", Digits.folder, "--hidden", hidden, "--epochs", epochs, "--batch-size", "32", "--seed", "1",
        "--output", "model.nnk",
      ], in: folder)
    guard outcome.exitCode == 0 else { throw TrainingFailed(errors: outcome.errors) }
    return try folder.read("model.nnk")
  }
}

/// IDX files, written by hand.
enum IDXBytes {
  /// An IDX file of unsigned bytes.
  static func file(dimensions: [Int], _ elements: [UInt8]) -> [UInt8] {
    idxBytes(type: 8, dimensions: dimensions.map { UInt32($0) }, data: elements)
  }

  /// So many images of 8 × 8 black pixels.
  static func blankImages(_ count: Int) -> [UInt8] {
    file(dimensions: [count, 8, 8], [UInt8](repeating: 0, count: count * 64))
  }
}
