import Testing

@testable import ModelFormat

/// Values that are looked at in their encoding.
struct EncodedValueTests {
  private let value = StructuredValue.object([
    "a": .array([.integer(-1), .integer(300), .array([]), .object(["b": .bytes([1, 2])]), .string("é")]),
    "flag": .boolean(true), "number": .number(-2.5), "text": .string("a text of more than fifteen bytes"),
  ])

  @Test func fieldsAndElementsAreFoundWhereTheyAre() throws {
    let encoded = try EncodedValue(value.encoded(), limits: DecodingLimits())
    #expect(encoded.tree == value)
    #expect(encoded.field("text")?.string == "a text of more than fifteen bytes")
    #expect(encoded.field("number")?.anyNumber == -2.5)
    #expect(encoded.field("flag")?.kind == "a boolean")
    #expect(encoded.field("te") == nil && encoded.field("z") == nil && encoded.field("a")?.field("b") == nil)
    let elements = Array(try #require(encoded.field("a")?.elements))
    #expect(elements.map(\.kind) == ["an integer", "an integer", "an array", "an object", "a string"])
    #expect(
      elements.map(\.tree) == [.integer(-1), .integer(300), .array([]), .object(["b": .bytes([1, 2])]), .string("é")])
    #expect(encoded.elements == nil && elements[0].elements == nil)
  }

  /// 24 bytes for an element and 40 for a field; 48 and the content for arrays, objects and strings that are not short.
  @Test func theMemoryOfAValueIsKnownBeforeItIsTaken() throws {
    func size(_ value: StructuredValue) throws -> Int {
      try StructuredDecoder.check(value.encoded(), limits: DecodingLimits())
    }
    #expect(try size(.integer(7)) == 0)
    #expect(try size(.array([.integer(1), .string("short")])) == 48 + 2 * 24)
    #expect(try size(.string("sixteen letters.")) == 48 + 16)
    #expect(try size(.object(["a": .boolean(true), "sixteen letters.": .number(1)])) == 48 + 2 * 40 + 48 + 16)
    #expect(try size(.bytes([UInt8](repeating: 0, count: 100))) == 48 + 100)
  }

  @Test func anAttributeThatIsNoneIsNamed() throws {
    let inner = try FieldReader(EncodedValue(value), path: "metadata")
    let error = #expect(throws: ModelFormatError.self) { try inner.attributes() }
    #expect(error?.code == .invalidField)
    #expect(error?.expected == "a boolean, integer, number, string or list at metadata[\"a\"]")
    #expect(error?.found == "an object")
  }

  /// Topology, history, metadata: the order in which a file is searched for faults, whatever that of its sections.
  @Test func ofSeveralDamagedPartsTheFirstOneOfTheSpecificationIsNamed() throws {
    func section(_ type: String) -> CraftedFile.Section { CraftedFile.Section(type, crafted([0xFF])) }
    var file = CraftedFile()
    file.sections = [section("mETA"), section("hIST"), section("TOPO")]
    for expected in ["TOPO", "hIST", "mETA"] {
      #expect(try readingError(file).section == expected)
      file.sections.removeLast()
    }
  }
}
