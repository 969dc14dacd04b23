import Foundation
import TestSupport
import Testing

/// `nnkit predict --labels --report`: the report must follow from the predictions.
struct EvaluationTests {
  private let folder: TemporaryFolder
  private let report: [String: Any]
  private let errors: String
  private let predictions: [Int]
  private let labels: [Int]
  /// The probability that was given to the true class of each image.
  private let probabilities: [Double]

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.good.get(), to: "digits.nnk")
    let outcome = try Program.succeed(
      [
        "predict", "digits.nnk", Digits.testImages, "--labels", Digits.testLabels, "--report", "report.json",
        "--top", "10",
      ], in: folder)
    errors = outcome.errors
    report = try JSON.object(folder.text("report.json"))
    let rows = outcome.outputLines.dropFirst().map { $0.split(separator: ",").map(String.init) }
    predictions = rows.compactMap { Int($0[1]) }
    labels = rows.compactMap { $0.last.flatMap { Int($0) } }
    probabilities = rows.compactMap { row in
      stride(from: 1, to: row.count - 1, by: 2).first { row[$0] == row.last }.flatMap { Double(row[$0 + 1]) }
    }
  }

  private var correct: Int { zip(predictions, labels).count { $0 == $1 } }

  @Test func accuracyIsThatOfTheRows() throws {
    #expect(predictions.count == Digits.testCount && labels.count == Digits.testCount)
    #expect(try report.integer("schema") == 1)
    #expect(try report.integer("samples") == Digits.testCount)
    #expect(try report.integer("correct") == correct)
    // The shortest digits that give the number back, as Swift prints them.
    #expect(
      try folder.text("report.json").contains("\"accuracy\" : \(Double(correct) / Double(Digits.testCount)),")
    )
    #expect(errors.contains(String(format: "%.2f %%", Double(correct) / Double(Digits.testCount) * 100)))
  }

  @Test func accuracyIsWhatTrainingReported() throws {
    let history = try Program.json(["inspect", "digits.nnk"], in: folder)
      .object("history").object("series")
    let last = try #require((history["test_accuracy"] as? [Double])?.last)
    #expect(try report.number("accuracy") == last)
    #expect(last > 0.85)
  }

  @Test func theIntervalSolvesWilsonsEquation() throws {
    // Both ends x satisfy (p − x)² = z² x (1 − x) / n.
    let z = 1.959963984540054
    let interval = try report.object("accuracy_interval")
    let (lower, upper) = (try interval.number("lower"), try interval.number("upper"))
    let p = try report.number("accuracy")
    #expect(lower < p && p < upper)
    for x in [lower, upper] {
      #expect(abs((p - x) * (p - x) - z * z * x * (1 - x) / Double(Digits.testCount)) < 1e-12)
    }
  }

  @Test func logLossIsTheMeanOfTheTrueClasses() throws {
    let mean = -probabilities.reduce(0) { $0 + log($1) } / Double(Digits.testCount)
    #expect(probabilities.count == Digits.testCount)
    #expect(abs(try report.number("log_loss") - mean) < 1e-6)
    #expect((0...1).contains(try report.number("expected_calibration_error")))
  }

  @Test func theConfusionMatrixHasTruthInRows() throws {
    let confusion = try report.object("confusion")
    #expect(confusion["labels"] as? [String] == (0..<10).map { String($0) })
    var expected = [[Int]](repeating: [Int](repeating: 0, count: 10), count: 10)
    for (prediction, label) in zip(predictions, labels) { expected[label][prediction] += 1 }
    #expect(confusion["matrix"] as? [[Int]] == expected)
    // Symmetric, it could not tell rows from columns.
    #expect((0..<10).contains { row in (0..<10).contains { expected[row][$0] != expected[$0][row] } })
    #expect(errors.contains("truth in rows"))
  }

  @Test func scoresFollowFromTheRows() throws {
    let classes = try report.objects("classes")
    #expect(classes.count == 10)
    for (index, scores) in classes.enumerated() {
      let right = Double(zip(predictions, labels).count { $0 == index && $1 == index })
      let predicted = Double(predictions.count { $0 == index })
      let support = labels.count { $0 == index }
      #expect(try scores.string("name") == String(index))
      #expect(try scores.integer("support") == support)
      #expect(abs(try scores.number("precision") - right / predicted) < 1e-15)
      #expect(abs(try scores.number("recall") - right / Double(support)) < 1e-15)
      #expect(abs(try scores.number("f1") - 2 * right / (predicted + Double(support))) < 1e-15)
    }
  }

  @Test func anExistingReportIsKept() throws {
    let arguments = [
      "predict", "digits.nnk", Digits.testImages, "--labels", Digits.testLabels, "--report", "report.json",
    ]
    try expectRefusal(arguments, exitCode: 73, evidence: ["report.json", "--force"], in: folder)
    let before = try folder.read("report.json")
    try Program.succeed(arguments + ["--force"], in: folder)
    #expect(try folder.read("report.json") == before)
  }
}
