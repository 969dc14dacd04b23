import Testing

@testable import NNKitCommands

struct PredictionWriterTests {
  private let rows: [[Float]] = [[0.1, 0.7, 0.2], [0.5, 0.25, 0.25]]

  @Test func csvHoldsClasses() throws {
    #expect(
      try Forms.text(CSVPredictionWriter(form: Forms.classifier()), rows, firstIndex: 8)
        == "index,prediction,probability\n8,1,0.7\n9,0,0.5\n")
    #expect(
      try Forms.text(CSVPredictionWriter(form: Forms.classifier(top: 2, labels: [2, 0])), rows)
        == "index,prediction,probability,prediction_2,probability_2,label\n0,1,0.7,2,0.2,2\n1,0,0.5,1,0.25,0\n"
    )
  }

  @Test func csvHoldsNumbers() throws {
    #expect(
      try Forms.text(CSVPredictionWriter(form: Forms.regression(outputs: 3)), [[1.5, -0.1, .nan]])
        == "index,output_0,output_1,output_2\n0,1.5,-0.1,nan\n")
  }

  @Test(arguments: [
    ("plain", "plain"), ("a b", "a b"), ("a,b", "\"a,b\""), ("say \"a\"", "\"say \"\"a\"\"\""),
    ("\"", "\"\"\"\""),
    ("line\nend", "\"line\nend\""), ("line\rend", "\"line\rend\""), ("line\r\nend", "\"line\r\nend\""),
    // A quote and an accent make one character, two line ends another.
    ("\"\u{301}", "\"\"\"\u{301}\""), (",\u{301}", "\",\u{301}\""),
  ])
  func csvQuotesNamesThatNeedIt(name: String, field: String) throws {
    let form = Forms.classifier(classNames: ["x", name, "y"], labels: [1])
    let expected = "index,prediction,probability,label\n0,\(field),0.7,\(field)\n"
    // Compared byte by byte: strings are equal when they only look the same.
    #expect(try Forms.bytes(CSVPredictionWriter(form: form), [rows[0]]) == Array(expected.utf8))
  }

  @Test func jsonLinesHoldAnObjectEach() throws {
    #expect(
      try Forms.text(JSONPredictionWriter(form: Forms.classifier(classNames: ["a", "b", "c"])), rows)
        == "{\"index\":0,\"prediction\":\"b\",\"probability\":0.7}\n"
        + "{\"index\":1,\"prediction\":\"a\",\"probability\":0.5}\n")
    #expect(
      try Forms.text(JSONPredictionWriter(form: Forms.classifier(top: 2, labels: [2])), [rows[0]])
        == "{\"index\":0,\"label\":\"2\",\"prediction\":\"1\",\"probability\":0.7,"
        + "\"top\":[{\"prediction\":\"1\",\"probability\":0.7},{\"prediction\":\"2\",\"probability\":0.2}]}\n"
    )
    #expect(
      try Forms.text(JSONPredictionWriter(form: Forms.regression(outputs: 2)), [[0.5, .infinity]])
        == "{\"index\":0,\"outputs\":[0.5,\"Infinity\"]}\n")
  }

  @Test func idxOfClassesIsBytes() throws {
    // Magic number (unsigned bytes, one dimension), two items, and the items.
    #expect(
      try Forms.bytes(IDXPredictionWriter(form: Forms.classifier(), count: 2), rows)
        == [0, 0, 8, 1, 0, 0, 0, 2, 1, 0])
  }

  @Test func idxOfManyClassesIsIntegers() throws {
    var row = [Float](repeating: 0, count: 300)
    row[258] = 1
    // 0x0C: big-endian 32-bit integers; 258 = 0x0102.
    #expect(
      try Forms.bytes(IDXPredictionWriter(form: Forms.classifier(outputs: 300), count: 1), [row])
        == [0, 0, 0x0C, 1, 0, 0, 0, 1, 0, 0, 1, 2])
    // 256 classes still fit in a byte.
    var bytes = [Float](repeating: 0, count: 256)
    bytes[255] = 1
    #expect(
      try Forms.bytes(IDXPredictionWriter(form: Forms.classifier(outputs: 256), count: 1), [bytes])
        == [0, 0, 8, 1, 0, 0, 0, 1, 255])
  }

  @Test func idxOfNumbersIsFloats() throws {
    // 0x0D: big-endian 32-bit floating point, 1 × 2; 1 = 0x3F800000 and −2.5 = 0xC0200000.
    #expect(
      try Forms.bytes(IDXPredictionWriter(form: Forms.regression(outputs: 2), count: 1), [[1, -2.5]])
        == [0, 0, 0x0D, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0x3F, 0x80, 0, 0, 0xC0, 0x20, 0, 0])
  }

  @Test func textEscapesNamesAndMarksMistakes() throws {
    let form = Forms.classifier(classNames: ["a", "b\u{1B}[31m", "c"], labels: [1, 2])
    let lines = try Forms.text(TextPredictionWriter(form: form, count: 2), rows).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(!lines.joined().contains("\u{1B}"))
    #expect(lines[1].contains("b\\u{1b}[31m") && !lines[1].contains("wrong"))
    #expect(lines[2].contains("50.0 %") && lines[2].contains("wrong"))
  }
}
