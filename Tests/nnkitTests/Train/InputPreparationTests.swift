import TestSupport
import Testing

/// `--missing` and `--normalize`, and what predict makes of them.
struct InputPreparationTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(IDXBytes.floats(dimensions: [4, 2], [1, 2, .nan, 3, 5, 6, 7, 8]), to: "inputs")
    try folder.write(IDXBytes.floats(dimensions: [4], [1, 2, 3, 4]), to: "targets")
    try folder.write(IDXBytes.floats(dimensions: [1, 2], [0, 3]), to: "filled")
    try folder.write(IDXBytes.floats(dimensions: [1, 2], [.nan, 3]), to: "gap")
  }

  private func train(_ options: [String]) throws -> Outcome {
    try Program.run(
      [
        "train", "--inputs", "inputs", "--targets", "targets", "--epochs", "2", "--learning-rate", "0.001", "--seed",
        "1", "--output", "model.nnk", "--force",
      ] + options, in: folder)
  }

  @Test func missingValuesAreRefusedWithTheirPlace() throws {
    for options in [[], ["--missing", "refuse"]] {
      try expectRefusal(
        ["train", "--inputs", "inputs", "--targets", "targets", "--output", "model.nnk"] + options, exitCode: 65,
        evidence: ["value 0 of sample 1", "nan", "--missing zero or drop"], in: folder)
    }
  }

  @Test func zeroIsTakenInPredictionsToo() throws {
    #expect(try train(["--missing", "zero"]).exitCode == 0)
    let outputs = try ["gap", "filled"].map { try Program.run(["predict", "model.nnk", $0], in: folder).outputLines }
    #expect(outputs[0].count == 2)
    #expect(outputs[0] == outputs[1])
  }

  @Test func samplesAreDropped() throws {
    let training = try train(["--missing", "drop"])
    #expect(training.exitCode == 0)
    #expect(training.errors.contains("3 training samples"))
    #expect(training.errors.contains("1 with missing values left out"))
    try expectRefusal(
      ["predict", "model.nnk", "inputs"], exitCode: 65, evidence: ["sample 1", "missing value"], in: folder)
    try folder.write(IDXBytes.floats(dimensions: [2, 2], [.nan, 2, 1, .nan]), to: "inputs")
    try folder.write(IDXBytes.floats(dimensions: [2], [1, 2]), to: "targets")
    #expect(try train(["--missing", "drop"]).exitCode == 65)
  }

  /// The finite values are 1, 2, 3, 5, 6, 7, 8. Python: their statistics.fmean is m = 4.571428571428571, their
  /// statistics.pstdev s = 2.4411439272335804; 1 / s and -m / s.
  static let scalings: [(how: String, scale: Double, offset: Double)] = [
    ("range", 0.14285714285714285, -0.14285714285714285), ("standard", 0.40964401518645693, -1.8726583551380889),
    ("none", 1, 0),
  ]

  @Test(arguments: scalings)
  func theModelKeepsTheScaling(how: String, scale: Double, offset: Double) throws {
    #expect(try train(["--missing", "drop", "--normalize", how]).exitCode == 0)
    let preprocessing = try Program.json(["inspect", "model.nnk"], in: folder)
      .object("topology").object("preprocessing")
    #expect(abs(try preprocessing.number("scale") - scale) < 1e-12)
    #expect(abs(try preprocessing.number("offset") - offset) < 1e-12)
  }
}
