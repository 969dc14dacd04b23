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

  private func line(_ value: some Encodable) throws -> String {
    String(decoding: try JSONOutput.line(value), as: UTF8.self)
  }

  private func document(_ value: some Encodable) throws -> String {
    String(decoding: try JSONOutput.document(value), as: UTF8.self)
  }

  @Test func nonFiniteNumbersAreStrings() throws {
    let text = try line(Values(learningRate: [.nan, .infinity, -.infinity], singles: [.nan]))
    #expect(text == "{\"learning_rate\":[\"NaN\",\"Infinity\",\"-Infinity\"],\"singles\":[\"NaN\"]}\n")
  }

  @Test func numbersComeBackBitForBit() throws {
    #expect(
      try line(
        Values(learningRate: [0.1, 1.0 / 3, .leastNonzeroMagnitude, -0.0], singles: [0.1, 1.0 / 3]))
        == "{\"learning_rate\":[0.1,0.3333333333333333,5e-324,-0],\"singles\":[0.1,0.33333334]}\n")
    var generator = SplitMix64(seed: 11)
    for _ in 0..<1000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      let text = try line([value])
      #expect(Double(text.dropFirst().dropLast(2))?.bitPattern == value.bitPattern, "\(text)")
    }
  }

  @Test func textIsEscapedAndSlashesAreNot() throws {
    #expect(
      try line(Values(name: "a/b\"\u{1B}\n"))
        == "{\"learning_rate\":[],\"name\":\"a/b\\\"\\u001b\\n\",\"singles\":[]}\n")
  }

  @Test func aDocumentEndsWithOneLineEnd() throws {
    let text = try document(Values())
    #expect(text.hasPrefix("{\n") && text.hasSuffix("\n}\n"))
  }

  @Test func keysOfMetadataAreLeftAlone() throws {
    let attributes: Attributes = [
      "camelCase": 1, "training.seed": "x", "ABC": .list([true, 0.5, .number(.nan)]), "snake_case": [],
    ]
    #expect(
      try line(AttributesJSON(attributes: attributes))
        == "{\"ABC\":[true,0.5,\"NaN\"],\"camelCase\":1,\"snake_case\":[],\"training.seed\":\"x\"}\n")
  }

  @Test func keysOfSeriesAreLeftAlone() throws {
    let history = InspectionDocument.History(
      epochs: 1,
      series: SeriesJSON(columns: [.init(name: "topFiveAccuracy", values: [1]), .init(name: "loss", values: [.nan])]))
    #expect(
      try line(history)
        == "{\"epochs\":1,\"series\":{\"loss\":[\"NaN\"],\"topFiveAccuracy\":[1]}}\n")
  }

  /// U+00E9 and e with U+0301 are one and the same to a `String`.
  @Test func `Keys that differ in their bytes only are all there, in the order of their bytes`() throws {
    let attributes = Attributes(
      canonical: [("\u{E9}", 1), ("e\u{301}", 2)].map { Attributes.Entry(name: $0.0, value: $0.1) })
    #expect(
      try line(AttributesJSON(attributes: attributes)) == "{\"e\u{301}\":2,\"\u{E9}\":1}\n")
  }

  @Test func `An object or a list without content has an empty line in a document, as with Foundation's encoder`()
    throws
  {
    struct Nothing: Encodable {
      var list: [Int] = []
      var object = AttributesJSON(attributes: [:])
    }
    #expect(try document(Nothing()) == "{\n  \"list\" : [\n\n  ],\n  \"object\" : {\n\n  }\n}\n")
  }

  @Test func `Values that write themselves piece by piece are as those that are written at once`() throws {
    struct Pieces: Encodable {
      enum Keys: String, CodingKey { case inner, list, nothing, after }

      func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Keys.self)
        var list = fields.nestedUnkeyedContainer(forKey: .list)
        try list.encode(1)
        var element = list.nestedContainer(keyedBy: Keys.self)
        try element.encode("x", forKey: .after)
        try list.encode([2.5])
        try fields.encode(true, forKey: .after)
        var inner = fields.nestedContainer(keyedBy: Keys.self, forKey: .inner)
        try inner.encodeNil(forKey: .nothing)
      }
    }
    #expect(
      try line([Pieces()]) == "[{\"after\":true,\"inner\":{\"nothing\":null},\"list\":[1,{\"after\":\"x\"},[2.5]]}]\n")
  }
}
