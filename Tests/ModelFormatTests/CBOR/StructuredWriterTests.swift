import ModelSamples
import Testing

@testable import ModelFormat

/// Values that are written as they are walked through.
struct StructuredWriterTests {
  private func error(_ value: some StructuredEncodable, _ change: (inout DecodingLimits) -> Void) throws -> String? {
    var limits = DecodingLimits()
    change(&limits)
    let error = try #require(throws: ModelFormatError.self) { _ = try value.encoded(limits: limits) }
    #expect(error.code == .limitExceeded)
    return error.expected
  }

  @Test func `Parts give the bytes of their trees, without any`() throws {
    let model = try SampleModels.complete()
    let topology = try #require(model.topology)
    let values = try #require(model.trainingState?.values)
    let parts: [any StructuredEncodable] = [topology, model.history, model.metadata, values]
    for part in parts {
      #expect(part.structured.encoded() == part.encoded())
      // The decoder takes canonical encodings only.
      try StructuredDecoder.check(part.encoded(), limits: DecodingLimits())
      #expect(try part.encoded(limits: DecodingLimits()) == part.encoded())
    }
  }

  @Test func `What readers refuse is refused on the way: values, nesting and size`() throws {
    let attributes: Attributes = ["a": [1, [2, []]]]
    // The object, its field, two elements of the list, two of the list inside.
    #expect(try error(attributes) { $0.valueCount = 5 } == "at most 5 values in a section")
    #expect(try error(attributes) { $0.nesting = 2 } == "values nested at most 2 deep")
    let size = attributes.encoded().count
    #expect(
      try error(attributes) { $0.structuredSectionSize = size - 1 }
        == "at most \(size - 1) bytes of structured data")
    var limits = DecodingLimits()
    (limits.valueCount, limits.nesting, limits.structuredSectionSize) = (6, 3, size)
    #expect(try attributes.encoded(limits: limits) == attributes.encoded())
    try StructuredDecoder.check(attributes.encoded(), limits: limits)
  }

  @Test func `Numbers of a column are bytes with a single NaN`() throws {
    let history = try TrainingHistory(columns: [.init(name: "x", values: [1, -.nan])])
    let bytes = history.encoded()
    #expect(bytes.suffix(17) == [0x50, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0xF8, 0x7F])
  }
}
