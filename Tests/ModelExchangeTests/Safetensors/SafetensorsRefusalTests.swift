import TestSupport
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// Safetensors files that break the rules are refused, with the place and the evidence.
struct SafetensorsRefusalTests {
  /// A header, before two bytes of values, and what is said of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let header: String
    let code: ModelFormatError.Code
    var tensor: String?
    /// The place in the header.
    var position: Int?
    let found: String

    init(
      _ header: String, _ code: ModelFormatError.Code, tensor: String? = nil, at position: Int? = nil, _ found: String
    ) {
      self.header = header
      self.code = code
      self.tensor = tensor
      self.position = position
      self.found = found
    }

    var testDescription: String { String(header.prefix(80)) }
  }

  /// A tensor `a` of two bytes with other fields than the right ones.
  private static func tensor(_ fields: String) -> String { "{\"a\":{\(fields)}}" }

  static let malformed: [Case] = [
    Case("{", .malformedValue, at: 1, "the end of the text"),
    Case("{]", .malformedValue, at: 1, "']'"),
    Case("{\"a", .malformedValue, at: 3, "the end of the text"),
    Case("{a:1}", .malformedValue, at: 1, "'a'"),
    Case("{'a':1}", .malformedValue, at: 1, "'''"),
    Case("{\"a\" 1}", .malformedValue, at: 5, "'1'"),
    Case("{\"a\":}", .malformedValue, tensor: "a", at: 5, "'}'"),
    Case("{\"a\":1}", .malformedValue, tensor: "a", at: 5, "'1'"),
    Case("{\"a\":null}", .malformedValue, tensor: "a", at: 5, "'n'"),
    Case("{\"a\":[[[[", .malformedValue, tensor: "a", at: 5, "'['"),
    Case("{\"a\\x\":1}", .malformedValue, at: 3, "another"),
    Case("{\"\\u12\":1}", .malformedValue, at: 6, "'\"'"),
    Case("{\"\\ud800\":1}", .malformedValue, at: 2, "a single one"),
    Case("{\"\\udc00\":1}", .malformedValue, at: 2, "a single one"),
    Case("{\"\\ud800\\u0041\":1}", .malformedValue, at: 2, "a single one"),
    Case("{\"a\nb\":1}", .malformedValue, at: 3, "byte 0x0A"),
    Case("{} x", .malformedValue, at: 3, "'x'"),
    Case("{}{}", .malformedValue, at: 2, "'{'"),
    Case("{}\n", .malformedValue, at: 2, "byte 0x0A"),
    Case("{}\0", .malformedValue, at: 2, "byte 0x00"),
    Case("{,}", .malformedValue, at: 1, "','"),
    Case("{\"__metadata__\":[]}", .malformedValue, at: 16, "'['"),
    Case("{\"__metadata__\":null}", .malformedValue, at: 16, "'n'"),
    Case("{\"__metadata__\":{\"a\":1}}", .malformedValue, at: 21, "'1'"),
    Case("{\"__metadata__\":{\"a\":\"1\",}}", .malformedValue, at: 25, "'}'"),
    Case("{\"__metadata__\":{\"a\":\"1\" \"b\":\"2\"}}", .malformedValue, at: 25, "'\"'"),
    Case("{\"__metadata__\":{\"a\":\"1\",\"a\":\"1\"}}", .malformedValue, at: 25, "\"a\" twice"),
    Case("{\"__metadata__\":{},\"__metadata__\":{}}", .malformedValue, at: 19, "\"__metadata__\" twice"),
    Case(tensor(""), .malformedValue, tensor: "a", at: 5, "lacks one"),
    Case(tensor("\"dtype\":\"U8\",\"shape\":[2]"), .malformedValue, tensor: "a", at: 5, "lacks one"),
    Case(tensor("\"dtype\":\"U8\",\"data_offsets\":[0,2]"), .malformedValue, tensor: "a", at: 5, "lacks one"),
    Case(tensor("\"shape\":[2],\"data_offsets\":[0,2]"), .malformedValue, tensor: "a", at: 5, "lacks one"),
    Case(tensor("\"dtype\":\"U8\",\"dtype\":\"U8\""), .malformedValue, tensor: "a", at: 19, "\"dtype\" twice"),
    Case(tensor("\"dtype\":\"U8\",\"size\":2"), .malformedValue, tensor: "a", at: 26, "\"size\""),
    Case(tensor("\"dtype\":8"), .malformedValue, tensor: "a", at: 14, "'8'"),
    Case(tensor("\"shape\":2"), .malformedValue, tensor: "a", at: 14, "'2'"),
    Case(tensor("\"shape\":[2"), .malformedValue, tensor: "a", at: 16, "'}'"),
    Case(tensor("\"shape\":[2,]"), .malformedValue, tensor: "a", at: 17, "']'"),
    Case(tensor("\"shape\":[-2]"), .malformedValue, tensor: "a", at: 15, "'-'"),
    Case(tensor("\"shape\":[2.0]"), .malformedValue, tensor: "a", at: 15, "a fraction"),
    Case(tensor("\"shape\":[2e0]"), .malformedValue, tensor: "a", at: 15, "an exponent"),
    Case(tensor("\"shape\":[02]"), .malformedValue, tensor: "a", at: 15, "\"02\""),
    Case(tensor("\"shape\":[2.]"), .malformedValue, tensor: "a", at: 15, "\"2.\""),
    Case(tensor("\"shape\":[\"2\"]"), .malformedValue, tensor: "a", at: 15, "'\"'"),
    Case(tensor("\"shape\":[9223372036854775808]"), .malformedValue, tensor: "a", at: 15, "9223372036854775808"),
    Case(tensor("\"data_offsets\":[0,1.5]"), .malformedValue, tensor: "a", at: 24, "a fraction"),
    Case(
      tensor("\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2]"), .malformedValue, tensor: "a", at: 5, "lacks one"),
    Case(
      tensor("\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,1,2]"), .limitExceeded, tensor: "a", "more"),
  ]

  @Test(arguments: malformed)
  func aMalformedHeaderIsRefusedWithItsPlace(_ example: Case) throws {
    let error = try headerError(example.header)
    #expect(error.code == example.code && error.section == "header" && error.tensor == example.tensor, "\(error)")
    #expect(error.offset == example.position.map { 8 + $0 }, "\(error)")
    #expect(error.found.contains(example.found), "\(error)")
    #expect(error.path == "model" && !error.expected.isEmpty)
  }

  @Test func bytesThatAreNoUTF8() throws {
    for bytes in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xC3]] as [[UInt8]] {
      let file = SafetensorsBytes.file([0x7B, 0x22] + bytes + Array("\":1}".utf8))
      let error = try readingError(file)
      #expect(error.code == .malformedValue && error.offset == 8 + 2 && error.expected == "valid UTF-8")
    }
  }

  private static func one(_ type: String, _ shape: String, _ begin: Int, _ end: Int, name: String = "a") -> String {
    "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":[\(begin),\(end)]}"
  }

  static let inconsistent: [Case] = [
    Case("{\(one("F8_E4M3", "[3]", 0, 2))}", .inconsistentLayout, tensor: "a", "0 and 2"),
    Case("{\(one("F8_E5M2", "[1]", 0, 2))}", .inconsistentLayout, tensor: "a", "0 and 2"),
    Case("{\(one("F4", "[2]", 0, 2))}", .inconsistentLayout, tensor: "a", "0 and 2"),
    Case("{\(one("F4", "[3]", 0, 2))}", .invalidTensor, tensor: "a", "3 elements"),
    Case("{\(one("F6_E2M3", "[2]", 0, 2))}", .invalidTensor, tensor: "a", "2 elements"),
    Case("{\(one("F6_E3M2", "[]", 0, 1))}", .invalidTensor, tensor: "a", "1 elements"),
    Case("{\(one("C64", "[]", 0, 2))}", .inconsistentLayout, tensor: "a", "0 and 2"),
    Case("{\(one("C64", "[2305843009213693952]", 0, 2))}", .invalidTensor, tensor: "a", "2305843009213693952"),
    Case("{\(one("F8_E3M4", "[2]", 0, 2))}", .unsupported, tensor: "a", "\"F8_E3M4\""),
    Case("{\(one("u8", "[2]", 0, 2))}", .unsupported, tensor: "a", "\"u8\""),
    Case("{\(one("", "[2]", 0, 2))}", .unsupported, tensor: "a", "\"\""),
    Case("{\(one("U8", "[2]", 0, 2, name: ""))}", .invalidTensor, tensor: "", "0 bytes"),
    Case("{\(one("U8", "[4611686018427387904,4]", 0, 2))}", .invalidTensor, tensor: "a", "4611686018427387904, 4"),
    Case("{\(one("U64", "[4611686018427387904]", 0, 2))}", .invalidTensor, tensor: "a", "4611686018427387904"),
    Case("{\(one("U8", "[3]", 0, 2))}", .inconsistentLayout, tensor: "a", "0 and 2"),
    Case("{\(one("U8", "[]", 0, 2))}", .inconsistentLayout, tensor: "a", "0 and 2"),
    Case("{\(one("U16", "[2]", 0, 2))}", .inconsistentLayout, tensor: "a", "0 and 2"),
    Case("{\(one("U8", "[2]", 2, 0))}", .inconsistentLayout, tensor: "a", "2 and 0"),
    Case(
      "{\(one("U8", "[2]", 0, 2)),\(one("U8", "[2]", 0, 2))}", .malformedValue, at: 53, "\"a\" twice"),
  ]

  @Test(arguments: inconsistent)
  func anInconsistentHeaderIsRefusedWithItsPlace(_ example: Case) throws {
    let error = try headerError(example.header)
    #expect(error.code == example.code && error.section == "header" && error.tensor == example.tensor, "\(error)")
    #expect(error.offset == example.position.map { 8 + $0 }, "\(error)")
    #expect(error.found.contains(example.found), "\(error)")
  }

  @Test func holesOverlapsAndValuesThatAreNotWhereTheyShouldEnd() throws {
    func refusal(_ fields: [String]) throws -> (error: ModelFormatError, data: Int) {
      let header = "{\(fields.joined(separator: ","))}"
      let error = try headerError(header)
      return (error, 8 + header.utf8.count)
    }
    typealias Refusals = SafetensorsRefusalTests
    var (found, data) = try refusal([Refusals.one("U8", "[1]", 1, 2)])
    #expect(found.code == .inconsistentLayout && found.tensor == "a" && found.found == "1, a hole")
    #expect(found.offset == data)
    (found, data) = try refusal([Refusals.one("U8", "[1]", 0, 1), Refusals.one("U8", "[1]", 0, 1, name: "b")])
    #expect(found.code == .inconsistentLayout && found.tensor == "b" && found.found == "0, an overlap")
    (found, data) = try refusal([Refusals.one("U8", "[2]", 0, 2), Refusals.one("U8", "[0]", 1, 1, name: "b")])
    #expect(found.code == .inconsistentLayout && found.tensor == "b" && found.found == "1, an overlap")
    (found, data) = try refusal([Refusals.one("U8", "[2]", 0, 2), Refusals.one("U8", "[0]", 3, 3, name: "b")])
    #expect(found.code == .inconsistentLayout && found.tensor == "b" && found.offset == data + 2)
    (found, data) = try refusal([Refusals.one("U8", "[3]", 0, 3)])
    #expect(found.code == .truncated && found.section == "data" && found.tensor == "a" && found.offset == data)
    #expect(found.expected == "3 bytes of values" && found.found == "2")
    (found, data) = try refusal([Refusals.one("U8", "[1]", 0, 1)])
    #expect(found.code == .trailingBytes && found.section == "data" && found.offset == data + 1)
    #expect(found.found == "1 more bytes")
    (found, data) = try refusal([])
    #expect(found.code == .trailingBytes && found.offset == data)
  }

  @Test func everyTruncationAndEveryByteTooMany() throws {
    for file in [SafetensorsBytes.golden, SafetensorsBytes.small] {
      for count in 0..<file.count {
        let error = try readingError(Array(file[..<count]))
        #expect(error.code == (count < 9 ? .notAModel : .truncated), "\(count): \(error)")
      }
      #expect(try readingError(file + [0]).code == .trailingBytes)
    }
  }

  @Test func aHeaderLengthThatNothingJustifies() throws {
    for length in [7, 100_000_000] as [UInt64] {
      let error = try readingError(SafetensorsBytes.file("{}", length: length))
      #expect(error.code == .truncated && error.section == "header" && error.offset == 0)
      #expect(error.expected == "a header of \(length) bytes" && error.found == "2 bytes")
    }
    for length in [100_000_001, 1_000_000_000_000, 1 << 48 - 1] as [UInt64] {
      let error = try readingError(SafetensorsBytes.file("{}", length: length))
      #expect(error.code == .limitExceeded && error.section == "header" && error.found == "\(length)")
    }
    for length in [1 << 48, .max] as [UInt64] {
      #expect(try readingError(SafetensorsBytes.file("{}", length: length)).code == .notAModel)
    }
    #expect(try readingError(SafetensorsBytes.file("{}", length: 0)).code == .malformedValue)
    #expect(try readingError(SafetensorsBytes.file(" {}")).code == .notAModel)
  }

  @Test func theLimitsOfTheCallerApply() throws {
    func error(_ header: String, _ change: (inout DecodingLimits) -> Void) throws -> ModelFormatError {
      var limits = DecodingLimits()
      change(&limits)
      return try readingError(SafetensorsBytes.file(header, [1, 2]), limits: limits)
    }
    let fields = [SafetensorsBytes.tensor("a", "U8", [1, 1], 0, 1), SafetensorsBytes.tensor("b", "U8", [1], 1, 2)]
    let header = "{\(fields.joined(separator: ","))}"
    #expect(try ModelFiles.open(bytes: SafetensorsBytes.file(header, [1, 2])).tensors.count == 2)
    #expect(try error(header) { $0.tensorCount = 1 }.expected == "at most 1 tensors")
    #expect(try error(header) { $0.rank = 1 }.tensor == "a")
    #expect(try error(header) { $0.totalTensorSize = 1 }.tensor == "b")
    #expect(try error(header) { $0.structuredSectionSize = 20 }.expected == "a header of at most 20 bytes")
    for change in [
      { $0.tensorCount = 1 }, { $0.rank = 1 }, { $0.totalTensorSize = 1 }, { $0.structuredSectionSize = 20 },
    ] as [(inout DecodingLimits) -> Void] {
      #expect(try error(header, change).code == .limitExceeded)
    }
  }

  @Test(arguments: 0..<300)
  func randomDamageToTheHeaderNeverDoesWorseThanAnError(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var file = SafetensorsBytes.golden
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      file[Int.random(in: 0..<file.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
    }
    guard let reader = try? ModelFiles.open(bytes: file), let model = try? reader.model() else { return }
    // What is accepted is a sound file of some content, and written as one again.
    let again = try ModelFiles.open(bytes: try reader.encoded(as: .safetensors))
    #expect(try again.model() == model)
  }
}
