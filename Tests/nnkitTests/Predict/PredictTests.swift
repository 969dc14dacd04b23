import TestSupport
import Testing

/// `nnkit predict` in each of its forms. They must agree with one another.
struct PredictTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.good.get(), to: "digits.nnk")
  }

  @discardableResult
  private func predict(_ options: [String] = []) throws -> Outcome {
    try Program.succeed(["predict", "digits.nnk", Digits.testImages] + options, in: folder)
  }

  /// The rows of the CSV form, without its header line.
  private func rows(_ options: [String] = []) throws -> [[String]] {
    try predict(options).outputLines.dropFirst().map { $0.split(separator: ",").map(String.init) }
  }

  @Test func csvHasARowPerImage() throws {
    let outcome = try predict()
    #expect(outcome.standardError.isEmpty)
    #expect(outcome.outputLines.first == "index,prediction,probability")
    let rows = try rows()
    #expect(rows.map(\.first) == (0..<Digits.testCount).map { String($0) })
    for row in rows {
      #expect(row.count == 3)
      #expect((0...9).contains(try #require(Int(row[1]))))
      // The greatest of ten probabilities.
      #expect((0.1...1).contains(try #require(Double(row[2]))))
    }
  }

  @Test func topAddsColumnsInFallingOrder() throws {
    let outcome = try predict(["--top", "3"])
    #expect(
      outcome.outputLines.first
        == "index,prediction,probability,prediction_2,probability_2,prediction_3,probability_3")
    let first = try rows()
    for (row, best) in zip(try rows(["--top", "3"]), first) {
      #expect(Array(row[0..<3]) == best)
      let probabilities = try [2, 4, 6].map { try #require(Double(row[$0])) }
      #expect(probabilities == probabilities.sorted(by: >))
      #expect(Set([row[1], row[3], row[5]]).count == 3)
    }
  }

  @Test func allProbabilitiesOfARowAddUpToOne() throws {
    for row in try rows(["--top", "10"]) {
      let sum = try stride(from: 2, to: row.count, by: 2).reduce(0.0) { try $0 + #require(Double(row[$1])) }
      #expect(abs(sum - 1) < 1e-5)
      #expect(Set(stride(from: 1, to: row.count, by: 2).map { row[$0] }).count == 10)
    }
  }

  @Test func labelsAddTheLastColumn() throws {
    let outcome = try predict(["--labels", Digits.testLabels])
    #expect(outcome.outputLines.first == "index,prediction,probability,label")
    let rows = try rows(["--labels", Digits.testLabels])
    #expect(rows.allSatisfy { $0.count == 4 })
    #expect(rows.count { $0[1] == $0[3] } > 300)
  }

  @Test func jsonLinesAgreeWithCSV() throws {
    let objects = try JSON.lines(predict(["--format", "jsonl", "--labels", Digits.testLabels]).outputLines)
    let rows = try rows(["--labels", Digits.testLabels])
    #expect(objects.count == rows.count)
    for (object, row) in zip(objects, rows) {
      #expect(try object.integer("index") == Int(row[0]))
      #expect(try object.string("prediction") == row[1])
      #expect(try Float(object.number("probability")) == Float(row[2]))
      #expect(try object.string("label") == row[3])
    }
    #expect(try predict(["--json"]).output == predict(["--format", "jsonl"]).output)
    let top = try JSON.lines(predict(["--json", "--top", "2"]).outputLines)
    #expect(try top.allSatisfy { try $0.objects("top").count == 2 })
  }

  @Test func idxHoldsTheClasses() throws {
    let bytes = try predict(["--format", "idx"]).standardOutput
    // Two zero bytes, unsigned bytes, one dimension, 359 = 0x167 of them.
    #expect(Array(bytes.prefix(8)) == [0, 0, 8, 1, 0, 0, 1, 0x67])
    #expect(try bytes.dropFirst(8).map { String($0) } == rows().map { $0[1] })
  }

  @Test func textHasALinePerImage() throws {
    let lines = try predict(["--format", "text"]).outputLines
    #expect(lines.count == Digits.testCount + 1)
    for (line, row) in zip(lines.dropFirst(), try rows()) {
      let words = line.split(separator: " ").map(String.init)
      #expect(Array(words.prefix(2)) == Array(row.prefix(2)))
    }
  }

  @Test func predictionsGoToAFileWhenAsked() throws {
    let expected = try predict().output
    let outcome = try predict(["--output", "predictions.csv"])
    #expect(outcome.standardOutput.isEmpty && outcome.standardError.isEmpty)
    #expect(try folder.text("predictions.csv") == expected)
    try expectRefusal(
      ["predict", "digits.nnk", Digits.testImages, "--format", "text", "--output", "predictions.csv"],
      exitCode: 73, evidence: ["predictions.csv", "--force"], in: folder)
    try predict(["--output", "predictions.csv", "--format", "idx", "--force"])
    #expect(try folder.read("predictions.csv").count == 8 + Digits.testCount)
  }

  @Test func threadsDoNotChangeWhatIsPredicted() throws {
    #expect(try predict(["--threads", "1"]).output == predict(["--threads", "2"]).output)
  }

  @Test func aFileWithoutImagesGivesNoRows() throws {
    try folder.write(IDXBytes.blankImages(0), to: "images")
    let outcome = try Program.succeed(["predict", "digits.nnk", "images"], in: folder)
    #expect(outcome.output == "index,prediction,probability\n")
  }

  @Test func imagesMayHaveAnotherShapeOfTheSameSize() throws {
    try folder.write(IDXBytes.file(dimensions: [1, 64], [UInt8](repeating: 0, count: 64)), to: "flat")
    try folder.write(IDXBytes.blankImages(1), to: "square")
    let flat = try Program.run(["predict", "digits.nnk", "flat"], in: folder)
    let square = try Program.run(["predict", "digits.nnk", "square"], in: folder)
    #expect(flat.exitCode == 0)
    #expect(flat.output == square.output)
  }
}
