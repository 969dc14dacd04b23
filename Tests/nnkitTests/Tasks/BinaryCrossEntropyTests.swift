import Foundation
import TestSupport
import Testing

/// `nnkit predict` with networks that end in sigmoid and were trained with binary cross-entropy.
struct BinaryCrossEntropyTests {
  private let folder: TemporaryFolder
  private static let count = 200

  /// Points in a square, and whether they lie above a line: as bytes, and as floats. Beside that, two such answers at
  /// once.
  init() throws {
    folder = try TemporaryFolder()
    var generator = SplitMix64(seed: 21)
    let points = (0..<2 * Self.count).map { _ in Float.random(in: -1...1, using: &generator) }
    let sides = (0..<Self.count).map { points[2 * $0] + 0.3 > points[2 * $0 + 1] }
    let pairs = (0..<Self.count).flatMap { [sides[$0], points[2 * $0] > 0] }
    try folder.write(IDXBytes.floats(dimensions: [Self.count, 2], points), to: "points")
    try folder.write(IDXBytes.file(dimensions: [Self.count], sides.map { $0 ? 1 : 0 }), to: "sides")
    try folder.write(IDXBytes.floats(dimensions: [Self.count], sides.map { $0 ? 1 : 0 }), to: "numbers")
    try folder.write(IDXBytes.floats(dimensions: [Self.count, 2], pairs.map { $0 ? 1 : 0 }), to: "pairs")
  }

  private func run(_ arguments: [String]) throws -> Outcome { try Program.succeed(arguments, in: folder) }

  /// Trains, and gives what training says of the data in the end.
  private func train(
    labels: String, network: String, loss: String = "binary-cross-entropy"
  ) throws -> (accuracy: Double?, loss: Double) {
    let outcome = try run([
      "train", "--images", "points", "--labels", labels, "--test-images", "points", "--test-labels", labels,
      "--network",
      network, "--loss", loss, "--epochs", "3", "--batch-size", "5", "--learning-rate", "0.5", "--seed", "4",
      "--output", "model.nnk", "--json",
    ])
    let epoch = try JSON.object(outcome.outputLines[3])
    return (epoch["test_accuracy"] as? Double, try epoch.number("test_loss"))
  }

  private func predict(_ options: [String] = []) throws -> Outcome {
    try run(["predict", "model.nnk", "points", "--force"] + options)
  }

  /// The numbers of the CSV form, as many in each row as the columns that are expected.
  private func rows(_ outcome: Outcome, columns: Int) throws -> [[Double]] {
    let rows = outcome.outputLines.dropFirst().map { $0.split(separator: ",").compactMap { Double($0) } }
    try #require(rows.allSatisfy { $0.count == columns }, "\(outcome.outputLines[0])")
    return rows
  }

  /// −log of the probability that each answer was given.
  private func loss(_ answers: [(probability: Double, isYes: Bool)]) -> Double {
    answers.reduce(0) { $0 - log($1.isYes ? $1.probability : 1 - $1.probability) }
  }

  @Test func oneOutputHasTwoClasses() throws {
    let trained = try train(labels: "sides", network: "dense(1)")
    let outcome = try predict(["--labels", "sides", "--report", "report.json"])
    #expect(outcome.outputLines[0] == "index,prediction,probability,label")
    let rows = try rows(outcome, columns: 4)
    #expect(rows.count == Self.count && rows.allSatisfy { $0.count == 4 && (0.5...1).contains($0[2]) })
    #expect(Set(rows.map { $0[1] }) == [0, 1])

    let report = try JSON.object(folder.text("report.json"))
    let accuracy = Double(rows.count { $0[1] == $0[3] }) / Double(Self.count)
    #expect(try abs(report.number("accuracy") - accuracy) < 1e-12 && accuracy > 0.8)
    #expect(try trained.accuracy == report.number("accuracy"))
    // What the rows say, and what training said.
    let loss = loss(rows.map { ($0[2], $0[1] == $0[3]) }) / Double(Self.count)
    let measured = try report.number("binary_cross_entropy")
    #expect(abs(measured - loss) < 1e-5 && abs(measured - trained.loss) < 1e-9)
    #expect(report["log_loss"] == nil)
    #expect(try report.objects("classes").map { try $0.string("name") } == ["0", "1"])
    let confusion = try #require(try report.object("confusion")["matrix"] as? [[Int]])
    for (label, row) in confusion.enumerated() {
      for (guess, count) in row.enumerated() {
        #expect(count == rows.count { $0[3] == Double(label) && $0[1] == Double(guess) })
      }
    }
    #expect(outcome.errors.contains(String(format: "binary cross-entropy  %.4f", loss)), "\(outcome.errors)")
    #expect(outcome.errors.contains("Confusion  truth in rows"))
  }

  @Test func everyFormHasTheClasses() throws {
    _ = try train(labels: "sides", network: "dense(1)")
    let rows = try rows(predict(["--labels", "sides"]), columns: 4)
    // The form does not hang on whether there are labels.
    let plain = try predict()
    #expect(plain.outputLines[0] == "index,prediction,probability")
    #expect(try self.rows(plain, columns: 3) == rows.map { Array($0.prefix(3)) })
    let both = try self.rows(predict(["--top", "2"]), columns: 5)
    #expect(both.allSatisfy { abs($0[2] + $0[4] - 1) < 1e-6 && $0[1] + $0[3] == 1 })
    let objects = try JSON.lines(predict(["--json"]).outputLines)
    #expect(try objects.map { try $0.string("prediction") } == rows.map { String(Int($0[1])) })
    let idx = try predict(["--format", "idx"]).standardOutput
    #expect(idx == IDXBytes.file(dimensions: [Self.count], rows.map { UInt8($0[1]) }))
    let text = try predict(["--format", "text", "--labels", "sides"]).outputLines
    #expect(text[0] == "index  prediction  (label)")
    #expect(text.count { $0.hasSuffix("wrong") } == rows.count { $0[1] != $0[3] })
    try expectRefusal(
      ["predict", "model.nnk", "points", "--top", "3"], exitCode: 64, evidence: ["--top 3", "2 classes"], in: folder)
  }

  /// One output for each of ten classes: the greatest one is the answer.
  @Test func severalOutputsHaveAClassEach() throws {
    let training = try run([
      "train", Digits.folder, "--hidden", "16", "--loss", "binary-cross-entropy", "--batch-size", "20", "--epochs",
      "4", "--seed", "2", "--output", "digits.nnk", "--json",
    ])
    let epoch = try JSON.object(training.outputLines[4])
    let outcome = try run([
      "predict", "digits.nnk", Digits.testImages, "--labels", Digits.testLabels, "--report", "report.json", "--top",
      "10",
    ])
    #expect(outcome.outputLines[0].hasPrefix("index,prediction,probability,prediction_2"))
    let rows = try rows(outcome, columns: 22)
    let report = try JSON.object(folder.text("report.json"))
    let accuracy = try report.number("accuracy")
    #expect(abs(accuracy - Double(rows.count { $0[1] == $0.last }) / Double(Digits.testCount)) < 1e-12)
    #expect(try accuracy == epoch.number("test_accuracy") && accuracy > 0.7)
    // Each output is a yes or a no, and all of them count.
    let loss = loss(
      rows.flatMap { row in stride(from: 1, to: 20, by: 2).map { (row[$0 + 1], row[$0] == row[21]) } })
    let measured = try report.number("binary_cross_entropy")
    #expect(abs(measured - loss / Double(Digits.testCount)) < 1e-4)
    #expect(abs(measured - (try epoch.number("test_loss"))) < 1e-9)
    #expect(report["log_loss"] == nil)
  }

  /// Numbers stay numbers, but with the accuracy and the loss of training.
  @Test(arguments: [("numbers", 1), ("pairs", 2)]) func numbersHaveAnAccuracyToo(labels: String, outputs: Int) throws {
    let trained = try train(labels: labels, network: "dense(\(outputs))")
    let outcome = try predict(["--labels", labels, "--report", "report.json"])
    let (names, answers) = (
      (0..<outputs).map { ",output_\($0)" }.joined(), (0..<outputs).map { ",target_\($0)" }.joined()
    )
    #expect(outcome.outputLines[0] == "index" + names + answers)
    let rows = try rows(outcome, columns: 1 + 2 * outputs)
    let right = rows.count { row in (1...outputs).allSatisfy { (row[$0] > 0.5) == (row[$0 + outputs] > 0.5) } }
    let loss = loss(rows.flatMap { row in (1...outputs).map { (row[$0], row[$0 + outputs] == 1) } })
    let report = try JSON.object(folder.text("report.json"))
    #expect(try report.integer("correct") == right)
    #expect(try abs(report.number("accuracy") - Double(right) / Double(Self.count)) < 1e-12)
    #expect(try abs(#require(trained.accuracy) - report.number("accuracy")) < 1e-12)
    let measured = try report.number("binary_cross_entropy")
    #expect(abs(measured - loss / Double(Self.count)) < 1e-4 && abs(measured - trained.loss) < 1e-9)
    #expect(try report.number("mean_squared_error") > 0)
    #expect(outcome.errors.contains("accuracy") && outcome.errors.contains("binary cross-entropy"))
    // The form does not hang on whether there are labels.
    let plain = try predict()
    #expect(plain.outputLines[0] == "index" + names)
    // Integer labels are classes, in evaluation as in training.
    if outputs == 1 {
      let classes = try predict(["--labels", "sides"])
      #expect(classes.outputLines[0] == "index,prediction,probability,label")
      #expect(try self.rows(classes, columns: 4).map { $0[1] } == rows.map { $0[1] > 0.5 ? 1 : 0 })
    }
  }

  @Test func whatDoesNotFitIsRefused() throws {
    _ = try train(labels: "sides", network: "dense(1)")
    var labels = [UInt8](repeating: 1, count: Self.count)
    labels[7] = 2
    try folder.write(IDXBytes.file(dimensions: [Self.count], labels), to: "three")
    let predict = ["predict", "model.nnk", "points", "--labels"]
    try expectRefusal(predict + ["three"], exitCode: 65, evidence: ["0 to 1", "found 2 at index 7"], in: folder)
    try folder.write(IDXBytes.floats(dimensions: [Self.count], labels.map { Float($0) }), to: "beyond")
    try expectRefusal(
      predict + ["beyond"], exitCode: 65, evidence: ["from 0 to 1", "found 2.0 at index 7"], in: folder)
    try expectRefusal(predict + ["pairs"], exitCode: 65, evidence: ["1 number", "found 2"], in: folder)
  }

  /// With the squared error, sigmoid only keeps numbers between 0 and 1.
  @Test func anotherLossStaysARegression() throws {
    _ = try train(labels: "numbers", network: "dense(1) sigmoid", loss: "squared-error")
    let outcome = try predict(["--labels", "numbers", "--report", "report.json"])
    #expect(outcome.outputLines[0] == "index,output_0,target_0")
    let report = try JSON.object(folder.text("report.json"))
    #expect(report["accuracy"] == nil && report["binary_cross_entropy"] == nil && report["correct"] == nil)
  }
}
