import ModelFormat
import Testing

@testable import NNKitCommands

/// Documents that are as long as a file wants.
struct JSONStreamTests {
  private struct Document: Encodable {
    struct Inner: Encodable {
      let before = 1
      let list: [TextsJSON]
      let series: SeriesJSON
    }

    let zero = "z"
    let inner: Inner
    let attributes: AttributesJSON
  }

  private final class Pieces {
    var all: [[UInt8]] = []
  }

  private func pieces(_ value: some Encodable) throws -> [[UInt8]] {
    let pieces = Pieces()
    try JSONOutput.document(value) { pieces.all.append($0) }
    return pieces.all
  }

  @Test func `What writes itself is not held: it goes out in small pieces`() throws {
    let values = (0..<200_000).map { Double($0) + 0.5 }
    let document = Document(
      inner: .init(
        list: [TextsJSON(texts: [String](repeating: "text", count: 100_000))],
        series: SeriesJSON(columns: [.init(name: "loss", values: values)])),
      attributes: AttributesJSON(attributes: ["list": .list([AttributeValue](repeating: 7, count: 100_000))]))
    let pieces = try pieces(document)
    #expect(pieces.count > 40 && pieces.allSatisfy { $0.count < 66_000 })
    #expect(try pieces.flatMap(\.self) == JSONOutput.document(document))
  }

  @Test func `Parts that are put off stand where they belong, with the keys in order`() throws {
    let document = Document(
      inner: .init(
        list: [TextsJSON(texts: ["a"]), TextsJSON(texts: [])],
        series: SeriesJSON(columns: [.init(name: "loss", values: [0.5, -0.0, 12])])),
      attributes: AttributesJSON(attributes: ["b": 1, "a": .list([true])]))
    #expect(
      try JSONOutput.line(document)
        == Array(
          (#"{"attributes":{"a":[true],"b":1},"#
            + #""inner":{"before":1,"list":[["a"],[]],"series":{"loss":[0.5,-0,12]}},"zero":"z"}"# + "\n").utf8))
    #expect(
      String(decoding: try JSONOutput.document(TextsJSON(texts: ["x"])), as: UTF8.self) == "[\n  \"x\"\n]\n")
    let text = String(decoding: try JSONOutput.document(document), as: UTF8.self)
    #expect(text.contains("\n      [\n        \"a\"\n      ],\n      [\n\n      ]\n"))
  }

  @Test func `Whole numbers are those of the shortest digits`() throws {
    let numbers: [Double] = [0, -0.0, 9, 10, -1, 999_999, 1_000_000, 1e15, 1e16, 1e300, -123_456]
    let expected = "[0,-0,9,10,-1,999999,1000000,1000000000000000,1e+16,1e+300,-123456]\n"
    #expect(String(decoding: try JSONOutput.line(numbers), as: UTF8.self) == expected)
  }

  @Test func `After a failure nothing more goes out, and it is thrown`() throws {
    struct Full: Error {}
    let pieces = Pieces()
    #expect(throws: Full.self) {
      try JSONOutput.document(TextsJSON(texts: [String](repeating: "text", count: 100_000))) {
        pieces.all.append($0)
        throw Full()
      }
    }
    #expect(pieces.all.count == 1)
  }

  @Test func `Lines for git go out as they come about`() throws {
    let pieces = Pieces()
    var lines = LineOutput { pieces.all.append($0) }
    for number in 0..<20_000 { try lines.write("line \(number)") }
    try lines.finish()
    #expect(pieces.all.count > 2 && pieces.all.allSatisfy { $0.count < 66_000 })
    #expect(String(decoding: pieces.all.flatMap(\.self), as: UTF8.self).hasSuffix("line 19998\nline 19999\n"))
  }
}
