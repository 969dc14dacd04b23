import ModelFormat
import TestSupport
import Testing

@testable import NNKitCommands

struct JSONOutputTests {
  private struct Values: Encodable {
    var learningRate: [Double] = []
    var singles: [Float] = []
    var name: String?
  }

  @Test func nonFiniteNumbersAreStrings() throws {
    let line = try JSONOutput.line(Values(learningRate: [.nan, .infinity, -.infinity], singles: [.nan]))
    #expect(line == "{\"learning_rate\":[\"NaN\",\"Infinity\",\"-Infinity\"],\"singles\":[\"NaN\"]}\n")
  }

  @Test func numbersComeBackBitForBit() throws {
    #expect(
      try JSONOutput.line(
        Values(learningRate: [0.1, 1.0 / 3, .leastNonzeroMagnitude, -0.0], singles: [0.1, 1.0 / 3]))
        == "{\"learning_rate\":[0.1,0.3333333333333333,5e-324,-0],\"singles\":[0.1,0.33333334]}\n")
    var generator = SplitMix64(seed: 11)
    for _ in 0..<1000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      let line = try JSONOutput.line([value])
      #expect(Double(line.dropFirst().dropLast(2))?.bitPattern == value.bitPattern, "\(line)")
    }
  }

  @Test func textIsEscapedAndSlashesAreNot() throws {
    #expect(
      try JSONOutput.line(Values(name: "a/b\"\u{1B}\n"))
        == "{\"learning_rate\":[],\"name\":\"a/b\\\"\\u001b\\n\",\"singles\":[]}\n")
  }

  @Test func aDocumentEndsWithOneLineEnd() throws {
    let document = try JSONOutput.document(Values())
    #expect(document.hasPrefix("{\n") && document.hasSuffix("\n}\n"))
  }

  @Test func keysOfMetadataAreLeftAlone() throws {
    let attributes: Attributes = [
      "camelCase": 1, "training.seed": "x", "ABC": .list([true, 0.5, .number(.nan)]), "snake_case": [],
    ]
    #expect(
      try JSONOutput.line(AttributesJSON(attributes: attributes))
        == "{\"ABC\":[true,0.5,\"NaN\"],\"camelCase\":1,\"snake_case\":[],\"training.seed\":\"x\"}\n")
  }

  @Test func keysOfSeriesAreLeftAlone() throws {
    let history = InspectionDocument.History(
      epochs: 1,
      series: SeriesJSON(columns: [.init(name: "topFiveAccuracy", values: [1]), .init(name: "loss", values: [.nan])]))
    #expect(
      try JSONOutput.line(history)
        == "{\"epochs\":1,\"series\":{\"loss\":[\"NaN\"],\"topFiveAccuracy\":[1]}}\n")
  }

  /// U+00E9 and e with U+0301 are one and the same to a `String`.
  @Test func `Keys that differ in their bytes only are all there, in the order of their bytes`() throws {
    let attributes = Attributes(
      canonical: [("\u{E9}", 1), ("e\u{301}", 2)].map { Attributes.Entry(name: $0.0, value: $0.1) })
    #expect(
      try JSONOutput.line(AttributesJSON(attributes: attributes)) == "{\"e\u{301}\":2,\"\u{E9}\":1}\n")
  }

  @Test func `An object or a list without content has an empty line in a document, as with Foundation's encoder`()
    throws
  {
    struct Nothing: Encodable {
      var list: [Int] = []
      var object = AttributesJSON(attributes: [:])
    }
    #expect(try JSONOutput.document(Nothing()) == "{\n  \"list\" : [\n\n  ],\n  \"object\" : {\n\n  }\n}\n")
  }
}
