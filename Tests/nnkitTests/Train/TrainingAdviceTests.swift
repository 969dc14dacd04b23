import Foundation
import TestSupport
import Testing

/// What `nnkit train` says of runs that cannot go well, and what to do about them.
struct TrainingAdviceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Samples of three numbers and a target each.
  private func write(_ inputs: [Float], targets: [Float]) throws {
    try folder.write(IDXBytes.floats(dimensions: [inputs.count / 3, 3], inputs), to: "x")
    try folder.write(IDXBytes.floats(dimensions: [targets.count], targets), to: "y")
  }

  private let files = ["train", "--inputs", "x", "--targets", "y", "--output", "m", "--seed", "1"]

  private func errors(_ arguments: [String]) throws -> String {
    let outcome = try Program.succeed(
      ["train", "--output", "m.nnk", "--force", "--seed", "1"] + arguments, in: folder)
    return outcome.errors
  }

  @Test func beforeTheFirstStepNoLearningRateIsToBlame() throws {
    let outcome = try Program.run(
      ["train", Digits.folder, "--output", "m", "--hidden", "8", "--initializer", "normal:1e30", "--quiet"], in: folder)
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.contains("a smaller --initializer than normal:1e+30"), "\(outcome.errors)")
    #expect(!outcome.errors.contains("--learning-rate") && !outcome.errors.contains("--normalize"))
    try write([1e30, -1e30, 1e30, 2e30, 1e30, 1e29], targets: [1, 2])
    let inputs = try Program.run(files + ["--quiet"], in: folder)
    #expect(inputs.exitCode == 65)
    #expect(inputs.errors.contains("--normalize standard") && inputs.errors.contains("--initializer"))
    #expect(!inputs.errors.contains("--learning-rate"), "\(inputs.errors)")
  }

  @Test func weightDecayIsNamedWhereItIsToBlame() throws {
    let options = ["train", Digits.folder, "--output", "m", "--hidden", "8", "--quiet", "--seed", "1"]
    let alone = try Program.run(options + ["--weight-decay", "1e30"], in: folder)
    #expect(alone.exitCode == 65)
    #expect(alone.errors.contains("Try a smaller --weight-decay than 1e+30"), "\(alone.errors)")
    #expect(!alone.errors.contains("--learning-rate"))
    let both = try Program.run(options + ["--weight-decay", "0.01", "--learning-rate", "1e30"], in: folder)
    #expect(
      both.errors.contains("a smaller --learning-rate than 1e+30 or a smaller --weight-decay than 0.01"),
      "\(both.errors)")
  }

  @Test func aRegressionWorseThanTheMeanIsWarnedOf() throws {
    // The loss leaps to 10⁶ and more in one epoch of small steps: still finite, already useless.
    let bad = try errors([Sine.folder, "--learning-rate", "3", "--epochs", "1", "--batch-size", "200", "--quiet"])
    #expect(bad.contains("always answering with the mean target"), "\(bad)")
    #expect(bad.contains("--learning-rate than 3"))
    // From a bad start the loss comes down, but not far enough: a smaller rate would be the wrong advice.
    let early = try errors([Sine.folder, "--learning-rate", "0.01", "--epochs", "5", "--quiet"])
    #expect(early.contains("more --epochs") && !early.contains("smaller"), "\(early)")
    let good = try errors([Sine.folder, "--learning-rate", "0.01", "--epochs", "30", "--quiet"])
    #expect(good.isEmpty, "\(good)")
  }

  @Test func aConstantTargetIsNoReasonToWarn() throws {
    try write([1, 2, 3, 2, 1, 0], targets: [4, 4])
    let outcome = try Program.succeed(files + ["--epochs", "3", "--learning-rate", "0.001", "--quiet"], in: folder)
    #expect(outcome.errors.isEmpty, "\(outcome.errors)")
  }

  @Test(arguments: ["--quiet", "--json"])
  func learningRatesThatAreHardlyMeantAreWarnedOf(form: String) throws {
    let warmUp = try errors([Digits.folder, "--epochs", "2", "--warm-up", "1000000", form])
    #expect(warmUp.contains("warning: --warm-up 1000000 is longer than the whole run of 30 mini-batches"), "\(warmUp)")
    let growing = try errors([Digits.folder, "--epochs", "3", "--schedule", "exponential(5)", form])
    #expect(
      growing.contains("warning: --schedule exponential(5.0) raises the learning rate, from 0.1 to 2.5"), "\(growing)")
    let usual = try errors([Digits.folder, "--epochs", "2", "--warm-up", "10", "--schedule", "cosine", form])
    #expect(usual.isEmpty, "\(usual)")
  }

  @Test func optionsThatDoNotFitTheDataAreUsageErrors() throws {
    func refused(_ options: [String], _ evidence: String...) throws {
      try expectRefusal(
        ["train", Sine.folder, "--output", "m"] + options, exitCode: 64, evidence: evidence, in: folder)
    }
    try refused(["--loss", "cross-entropy"], "use --loss squared-error")
    try refused(["--loss", "binary-cross-entropy"], "use --loss squared-error")
    try refused(["--sampling", "stratified"], "use --sampling without-replacement")
    try refused(
      ["--network", "dense(100000) dense(1)", "--batch-size", "1000000", "--sampling", "with-replacement"],
      "--batch-size", "smaller layers")
  }

  @Test func infiniteInputsHaveAnAdvice() throws {
    try write([1, 2, .infinity, 2, 1, 0], targets: [1, 2])
    try expectRefusal(
      files, exitCode: 65, evidence: ["value 2 of sample 0", "found inf", "write NaN", "--missing"], in: folder)
  }

  @Test(arguments: [[], ["--normalize", "standard"]])
  func doublesBeyondFloatAreReportedAsTheyStand(options: [String]) throws {
    func doubles(_ dimensions: [Int], _ values: [Double]) -> [UInt8] {
      var bytes = IDXBytes.file(
        dimensions: dimensions, values.flatMap { withUnsafeBytes(of: $0.bitPattern.bigEndian) { Array($0) } })
      bytes[2] = 0x0E
      return bytes
    }
    try folder.write(doubles([2, 3], [1, 2, 3, 4, -1e300, 6]), to: "x")
    try folder.write(doubles([2], [1, 2]), to: "y")
    try expectRefusal(
      files + options, exitCode: 65, evidence: ["the training samples", "value 1 of sample 1", "-1e+300"], in: folder)
    try folder.write(doubles([2, 3], [1, 2, 3, 4, 5, 6]), to: "x")
    try folder.write(doubles([2], [1, 1e300]), to: "y")
    try expectRefusal(
      files + options, exitCode: 65, evidence: ["the training targets", "value 0 of sample 1", "found 1e+300"],
      in: folder)
  }
}
