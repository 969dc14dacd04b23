import Foundation
import TestSupport
import Testing

/// `nnkit train` on numbers, and `nnkit predict` with them.
struct RegressionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: [String]) throws -> Outcome { try Program.succeed(arguments, in: folder) }

  /// The committed samples, and a shorter run of the documented command.
  @Test func theSineIsLearned() throws {
    let training = try run([
      "train", Sine.folder, "--hidden", "32,32", "--activation", "tanh", "--learning-rate", "0.2", "--batch-size", "5",
      "--epochs", "50", "--seed", "1", "--threads", "1", "--output", "sine.nnk",
    ])
    #expect(training.errors.contains("1 → affine 32 → tanh → affine 32 → tanh → affine 1 → identity, 1,153 parameters"))
    #expect(training.errors.contains("1,000 training samples, 200 for test, regression on 1 target"))
    #expect(training.errors.contains("squared-error, sgd"))

    let prediction = try run([
      "predict", "sine.nnk", Sine.testInputs, "--labels", Sine.testTargets, "--report", "report.json",
    ])
    #expect(prediction.outputLines.first == "index,output_0,target_0")
    let rows = prediction.outputLines.dropFirst().map { $0.split(separator: ",").compactMap { Double($0) } }
    #expect(rows.count == Sine.testCount)
    // Measured here once more, from the printed numbers.
    let meanSquaredError = rows.reduce(0) { $0 + ($1[1] - $1[2]) * ($1[1] - $1[2]) } / Double(rows.count)
    #expect(meanSquaredError < 1e-3)
    let report = try JSON.object(folder.text("report.json"))
    #expect(abs(try report.number("mean_squared_error") - meanSquaredError) < 1e-9)
    #expect(try report.number("r2") > 0.99)
    #expect(try report.integer("samples") == Sine.testCount)
    #expect(prediction.errors.contains("mean squared error"))

    let inspection = try JSON.object(run(["inspect", "sine.nnk", "--json"]).output)
    #expect(try inspection.object("topology").string("loss") == "squared-error")
    let series = try inspection.object("history").object("series")
    #expect(series.keys.contains("test_loss") && !series.keys.contains("accuracy"))
  }

  @Test(.enabled(if: Python.isAvailable)) func theFilesAreThoseOfTheScript() throws {
    let outcome = try Python.run([Sine.folder + "/generate.py", "--folder", "."], in: folder.path)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    for (name, count) in [("train", 1000), ("test", 200)] {
      for part in ["inputs", "targets"] {
        let files = [folder.file("\(name)-\(part).gz"), Sine.folder + "/\(name)-\(part).gz"]
        let contents = try files.map { try Program.shell("gzip -dc '\($0)'", in: folder).standardOutput }
        #expect(contents.allSatisfy { $0.count == 8 + 4 * count && $0.prefix(8) == contents[0].prefix(8) })
        // The last bit of a sine is the mathematics library's own.
        let numbers = contents.map { bytes in
          stride(from: 8, to: bytes.count, by: 4).map { start in
            Float(bitPattern: bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) })
          }
        }
        #expect(zip(numbers[0], numbers[1]).allSatisfy { abs($0 - $1) < 1e-6 })
      }
    }
  }

  /// y = (2a − b, a + 1), which an affine layer alone can hold.
  private func writePlane() throws {
    var generator = SplitMix64(seed: 9)
    let inputs = (0..<400).map { _ in Float.random(in: -1...1, using: &generator) }
    let targets = stride(from: 0, to: 400, by: 2).flatMap { [2 * inputs[$0] - inputs[$0 + 1], inputs[$0] + 1] }
    try folder.write(IDXBytes.floats(dimensions: [200, 2], inputs), to: "inputs")
    try folder.write(IDXBytes.floats(dimensions: [200, 2], targets), to: "targets")
  }

  @Test func severalTargetsInEachForm() throws {
    try writePlane()
    let training = try run([
      "train", "--inputs", "inputs", "--targets", "targets", "--network", "dense(2)", "--batch-size", "10", "--epochs",
      "30", "--validation-split", "0.2", "--seed", "3", "--output", "plane.nnk",
    ])
    #expect(training.errors.contains("2 → affine 2, 6 parameters"))
    #expect(training.errors.contains("regression on 2 targets"))
    let predict = ["predict", "plane.nnk", "inputs"]
    let csv = try run(predict + ["--targets", "targets"])
    #expect(csv.outputLines[0] == "index,output_0,output_1,target_0,target_1")
    let rows = csv.outputLines.dropFirst().map { $0.split(separator: ",").compactMap { Float($0) } }
    for row in rows {
      #expect(abs(row[1] - row[3]) < 1e-3 && abs(row[2] - row[4]) < 1e-3)
    }
    #expect(try run(predict).outputLines[0] == "index,output_0,output_1")

    let objects = try JSON.lines(run(predict + ["--targets", "targets", "--format", "jsonl"]).outputLines)
    for (object, row) in zip(objects, rows) {
      let outputs = try #require(object["outputs"] as? [Double])
      let targets = try #require(object["targets"] as? [Double])
      #expect(outputs.map { Float($0) } == Array(row[1...2]))
      #expect(targets.map { Float($0) } == Array(row[3...4]))
    }
    #expect(
      try run(predict + ["--format", "text", "--targets", "targets"]).outputLines[0] == "index  outputs  (targets)")
    let idx = try run(predict + ["--format", "idx"]).standardOutput
    #expect(idx == IDXBytes.floats(dimensions: [200, 2], rows.flatMap { $0[1...2] }))
  }

  /// Two classes may be the two sides of one output.
  @Test func binaryCrossEntropyTakesOneOutputForTwoClasses() throws {
    try writePlane()
    try folder.write(IDXBytes.file(dimensions: [200], (0..<200).map { UInt8($0 % 2) }), to: "sides")
    for (network, output) in [("dense(1)", "affine 1 → sigmoid"), ("dense(2)", "affine 2 → sigmoid")] {
      let training = try run([
        "train", "--images", "inputs", "--labels", "sides", "--loss", "binary-cross-entropy", "--network", network,
        "--epochs", "1", "--output", "sides.nnk", "--force",
      ])
      #expect(training.errors.contains(output))
    }
  }

  @Test func whatDoesNotFitIsRefused() throws {
    try writePlane()
    try folder.write(IDXBytes.floats(dimensions: [2], [1, .nan]), to: "nan")
    try folder.write(IDXBytes.floats(dimensions: [2, 2], [1, 2, 3, 4]), to: "two")
    try folder.write(IDXBytes.floats(dimensions: [2, 3], [1, 2, 3, 4, 5, 6]), to: "three")
    try folder.write(IDXBytes.file(dimensions: [2], [0, 1]), to: "classes")
    let train = ["train", "--images", "two", "--output", "new.nnk"]
    try expectRefusal(
      train + ["--labels", "nan"], exitCode: 65, evidence: ["nan", "offset 12", "finite numbers", "index 1"],
      in: folder)
    try expectRefusal(
      train + ["--labels", "two", "--loss", "cross-entropy"], exitCode: 64, evidence: ["sum to 1"], in: folder)
    try expectRefusal(
      train + ["--labels", "two", "--test-images", "two", "--test-labels", "three"], exitCode: 65,
      evidence: ["expected 2, found 3"], in: folder)
    try expectRefusal(
      train + ["--labels", "two", "--test-images", "two", "--test-labels", "classes"], exitCode: 65,
      evidence: ["different kinds"], in: folder)
    let outcome = try Program.run(train + ["--labels", "two", "--network", "dense(3)"], in: folder)
    #expect(outcome.exitCode == 64)
    #expect(outcome.errors.contains("expected 2 outputs, as many as each target has numbers, found 3"))

    _ = try run(["train", "--images", "two", "--labels", "two", "--epochs", "1", "--output", "two.nnk"])
    let predict = ["predict", "two.nnk", "two", "--labels"]
    try expectRefusal(predict + ["three"], exitCode: 65, evidence: ["2 numbers", "found 3"], in: folder)
    try expectRefusal(predict + ["inputs"], exitCode: 65, evidence: ["expected 2 labels", "found 200"], in: folder)
  }
}
