import ModelSamples
import Testing

@testable import ModelFormat

/// Malformed structured values are refused.
struct MalformedValueTests {
  /// An encoding, the byte it is wrong at, and what should have been there.
  struct Malformed: Sendable, CustomTestStringConvertible {
    let hexadecimal: String
    let place: Int
    let expected: String
    var testDescription: String { hexadecimal }

    init(_ hexadecimal: String, at place: Int, _ expected: String) {
      self.hexadecimal = hexadecimal
      self.place = place
      self.expected = expected
    }
  }

  static let longForms = [
    Malformed("1800", at: 0, "the shortest form of 0"), Malformed("1817", at: 0, "the shortest form of 23"),
    Malformed("1900ff", at: 0, "the shortest form of 255"),
    Malformed("1a0000ffff", at: 0, "the shortest form of 65535"),
    Malformed("1b00000000ffffffff", at: 0, "the shortest form of 4294967295"),
    Malformed("3800", at: 0, "the shortest form of 0"), Malformed("580141", at: 0, "the shortest form of 1"),
    Malformed("780161", at: 0, "the shortest form of 1"), Malformed("980101", at: 0, "the shortest form of 1"),
    Malformed("b801616101", at: 0, "the shortest form of 1"),
    Malformed("82011801", at: 2, "the shortest form of 1"),
    Malformed("a178016101", at: 1, "the shortest form of 1"),
  ]

  static let indefiniteLengths = [
    Malformed("5f4101ff", at: 0, "a definite length"), Malformed("7f6161ff", at: 0, "a definite length"),
    Malformed("9fff", at: 0, "a definite length"), Malformed("bfff", at: 0, "a definite length"),
    Malformed("1c", at: 0, "a definite length"), Malformed("1d", at: 0, "a definite length"),
    Malformed("1e", at: 0, "a definite length"), Malformed("8101ff", at: 2, "the end of the value"),
  ]

  static let keys = [
    Malformed("a2616201616102", at: 4, "keys in canonical order, each once"),
    Malformed("a2616101616102", at: 4, "keys in canonical order, each once"),
    Malformed("a262616101616202", at: 5, "keys in canonical order, each once"),
    Malformed("a10101", at: 1, "a text key"), Malformed("a1410101", at: 1, "a text key"),
    Malformed("a1f401", at: 1, "a text key"),
  ]

  private static let kinds = "a boolean, integer, number, string, array or object"
  static let otherKinds = [
    Malformed("f6", at: 0, kinds), Malformed("f7", at: 0, kinds), Malformed("f0", at: 0, kinds),
    Malformed("f8ff", at: 0, kinds), Malformed("f90000", at: 0, kinds), Malformed("f93c00", at: 0, kinds),
    Malformed("fa47c35000", at: 0, kinds), Malformed("c11a514b67b0", at: 0, kinds),
    Malformed("d74401020304", at: 0, kinds), Malformed("c0", at: 0, kinds), Malformed("ff", at: 0, kinds),
    Malformed("82f4f6", at: 2, kinds),
  ]

  static let numbers = [
    Malformed("fb7ff8000000000001", at: 0, "the canonical NaN"),
    Malformed("fbfff8000000000000", at: 0, "the canonical NaN"),
    Malformed("fb7ff0000000000001", at: 0, "the canonical NaN"),
    Malformed("1b8000000000000000", at: 0, "an integer of 64 bits"),
    Malformed("1bffffffffffffffff", at: 0, "an integer of 64 bits"),
    Malformed("3b8000000000000000", at: 0, "an integer of 64 bits"),
  ]

  /// Overlong, surrogate, beyond U+10FFFF, cut short, a lone continuation byte.
  static let texts = ["62c080", "63eda080", "64f4908080", "61c3", "6180", "62e6b0", "61ff"].map {
    Malformed($0, at: 1, "valid UTF-8")
  }

  static let lengths = [
    Malformed("0000", at: 1, "the end of the value"), Malformed("", at: 0, "1 more bytes"),
    Malformed("19", at: 1, "2 more bytes"), Malformed("1901", at: 1, "2 more bytes"),
    Malformed("fb00", at: 1, "8 more bytes"), Malformed("42ff", at: 1, "2 more bytes"),
    Malformed("6261", at: 1, "2 more bytes"), Malformed("8201", at: 1, "2 elements"),
    Malformed("820118", at: 3, "1 more bytes"),
    Malformed("9bffffffffffffffff", at: 9, "18446744073709551615 elements"),
    Malformed("9b7fffffffffffffff", at: 9, "9223372036854775807 elements"),
    Malformed("9affffffff0000", at: 5, "4294967295 elements"),
    Malformed("bb7fffffffffffffff", at: 9, "9223372036854775807 elements"), Malformed("a26161", at: 1, "2 elements"),
    Malformed("5bffffffffffffffff", at: 9, "9223372036854775807 more bytes"),
    Malformed("7affffffff61", at: 5, "4294967295 more bytes"), Malformed("a16161", at: 3, "1 more bytes"),
  ]

  @Test(arguments: longForms + indefiniteLengths + keys + otherKinds + numbers + texts + lengths)
  func withThePlaceAndWhatShouldHaveBeenThere(example: Malformed) throws {
    let error = try #require(throws: ModelFormatError.self) {
      _ = try StructuredDecoder.decode(bytes(hexadecimal: example.hexadecimal), limits: DecodingLimits())
    }
    #expect(error.code == .malformedValue)
    #expect(error.expected == example.expected)
    #expect(error.found.hasSuffix(" at byte \(example.place) of the value"), "\(error.found)")
  }

  @Test func atEveryLengthThatAValueIsCutTo() throws {
    let whole = try SampleModels.complete().metadata.structured.encoded()
    for length in 0..<whole.count {
      let error = try #require(throws: ModelFormatError.self) {
        _ = try StructuredDecoder.decode(Array(whole[..<length]), limits: DecodingLimits())
      }
      #expect(error.code == .malformedValue)
    }
  }

  @Test(arguments: [0, 1, 5, 32])
  func whenNestedBeyondTheLimitAndAcceptedAtIt(limit: Int) throws {
    var limits = DecodingLimits()
    limits.nesting = limit
    for head: [UInt8] in [[0x81], [0xA1, 0x61, 0x61]] {
      let deepest = Array([[UInt8]](repeating: head, count: limit).joined()) + [0x01]
      _ = try StructuredDecoder.decode(deepest, limits: limits)
      let error = try #require(throws: ModelFormatError.self) {
        _ = try StructuredDecoder.decode(head + deepest, limits: limits)
      }
      #expect(error.code == .limitExceeded)
      #expect(error.expected == "values nested at most \(limit) deep")
    }
  }

  @Test func whenThereAreMoreValuesThanTheLimitAllowsAndAcceptedAtIt() throws {
    // The outermost object, its fields, and the elements of each array: names and bytes do not count.
    for (count, value) in [
      (1, "a0"), (1, "80"), (1, "63616263"), (4, "83010203"), (6, "83f5f4820000"),
      (3, "a261610161624401020304"), (6, "a26161830102036162a0"),
    ] as [(Int, String)] {
      let encoding = bytes(hexadecimal: value)
      var limits = DecodingLimits()
      limits.valueCount = count
      _ = try StructuredDecoder.decode(encoding, limits: limits)
      limits.valueCount = count - 1
      let error = try #require(throws: ModelFormatError.self) {
        _ = try StructuredDecoder.decode(encoding, limits: limits)
      }
      #expect(error.code == .limitExceeded)
      #expect(error.expected == "at most \(count - 1) values in a section")
      #expect(error.found == "at least \(count)")
    }
  }

  /// When the head of an array announces too many values, before any of them is looked at.
  @Test func whenTheHeadOfAnArrayAnnouncesTooManyValues() throws {
    // None of these bytes can start a value.
    let elements = [UInt8](repeating: 0xFF, count: 5_000_000)
    let error = try #require(throws: ModelFormatError.self) {
      _ = try StructuredDecoder.decode([0x9A, 0, 0x4C, 0x4B, 0x40] + elements, limits: DecodingLimits())
    }
    #expect(error.code == .limitExceeded)
    #expect(error.found == "at least 5000001")
  }

  @Test func whenAMillionArraysAreNestedWithoutExhaustingTheStack() throws {
    let error = try #require(throws: ModelFormatError.self) {
      _ = try StructuredDecoder.decode([UInt8](repeating: 0x81, count: 1_000_000), limits: DecodingLimits())
    }
    #expect(error.code == .limitExceeded)
  }
}
