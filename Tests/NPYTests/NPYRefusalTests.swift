import NPY
import Testing

/// Headers that break the rules are refused, with the place and the evidence.
struct NPYRefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let code: NPYError.Code
    let offset: Int
    let found: String

    init(_ bytes: [UInt8], _ code: NPYError.Code, at offset: Int, _ found: String) {
      (self.bytes, self.code, self.offset, self.found) = (bytes, code, offset, found)
    }

    /// A dictionary, whose places are counted from its beginning.
    init(_ text: String, _ code: NPYError.Code = .invalidHeader, at position: Int, _ found: String) {
      self.init(NPYBytes.header(text), code, at: 10 + position, found)
    }

    var testDescription: String { String(decoding: bytes.dropFirst(10).prefix(80), as: UTF8.self) }
  }

  private static func descr(_ code: String) -> String {
    "{'descr': '\(code)', 'fortran_order': False, 'shape': (2,), }"
  }
  private static func shape(_ text: String) -> String { "{'descr': '<f4', 'fortran_order': False, 'shape': \(text)}" }

  static let cases: [Case] = [
    Case([], .notNPY, at: 0, "no bytes"),
    Case([0x93, 0x4E], .notNPY, at: 0, "other bytes"),
    Case(NPYHeader.signature, .truncatedHeader, at: 6, "the end of the file"),
    Case(NPYHeader.signature + [1, 0, 4], .truncatedHeader, at: 9, "the end of the file"),
    Case(NPYHeader.signature + [2, 0, 4, 0, 0], .truncatedHeader, at: 11, "the end of the file"),
    Case(NPYHeader.signature + [4, 0, 4, 0, 0, 0], .unsupportedVersion, at: 6, "4.0"),
    Case(NPYHeader.signature + [1, 1, 4, 0, 0, 0], .unsupportedVersion, at: 6, "1.1"),
    Case(NPYHeader.signature + [0, 0, 4, 0, 0, 0], .unsupportedVersion, at: 6, "0.0"),
    Case(NPYBytes.header("{}", length: 3), .truncatedHeader, at: 12, "the end of the file"),
    Case(NPYBytes.header("{}", version: 2, length: 65_537), .headerTooLong, at: 8, "65537"),
    Case(NPYBytes.header("{}", version: 3, length: 0xFFFF_FFFF), .headerTooLong, at: 8, "4294967295"),
    Case("", at: 0, "the end of the header"),
    Case("{}", at: 0, "a header without one of them"),
    Case("[]", at: 0, "\"[]\""),
    Case("{'descr': '<f4'", at: 15, "the end of the header"),
    Case("{'descr' '<f4'}", at: 9, "\"\\'<f4\\'}\""),
    Case("{descr: '<f4'}", at: 1, "\"descr: \\'<f4\\'}\""),
    Case("{'descr", at: 1, "\"\\'descr\""),
    Case("{'descr': '<f4', 'descr': '<f4'}", at: 26, "descr twice"),
    Case("{'descr': '<f4', 'extra': 1}", at: 26, "\"extra\""),
    Case("{'descr': '\\x3cf4'}", at: 10, "\"\\'\\\\x3cf4\\'}\""),
    Case("{'descr': 4}", at: 10, "\"4}\""),
    Case("{'fortran_order': 1}", at: 18, "\"1}\""),
    Case(descr("<f4") + "x", at: 57, "\"x\""),
    Case(shape("2"), at: 50, "\"2}\""),
    Case(shape("(2)"), at: 52, "\")}\""),
    Case(shape("[2, 3]"), at: 50, "\"[2, 3]}\""),
    Case(shape("(-1,)"), at: 51, "\"-1,)}\""),
    Case(shape("(2.0,)"), at: 52, "\".0,)}\""),
    Case(shape("(9223372036854775808,)"), at: 51, "\"9223372036854775\""),
    Case(shape("(2, 3"), at: 55, "\"}\""),
    Case(shape("(,)"), at: 51, "\",)}\""),
    Case(shape("(4294967296, 4294967296)"), .dimensionOverflow, at: 0, "[4294967296, 4294967296] of 4 bytes each"),
    Case(shape("(4611686018427387904,)"), .dimensionOverflow, at: 0, "[4611686018427387904] of 4 bytes each"),
    Case(shape("(" + String(repeating: "1, ", count: 65) + ")"), .dimensionOverflow, at: 0, "65"),
    Case(descr("|O"), .unsupportedType, at: 0, "\"|O\", Python objects, which are pickled"),
    Case(descr("<U3"), .unsupportedType, at: 0, "\"<U3\", text"),
    Case(descr("|S3"), .unsupportedType, at: 0, "\"|S3\", bytes"),
    Case(descr("<M8[ns]"), .unsupportedType, at: 0, "\"<M8[ns]\", dates"),
    Case(descr("<m8[s]"), .unsupportedType, at: 0, "\"<m8[s]\", durations"),
    Case(descr("|V2"), .unsupportedType, at: 0, "\"|V2\", raw bytes"),
    Case(descr("<f3"), .unsupportedType, at: 0, "\"<f3\""),
    Case(descr("|f4"), .unsupportedType, at: 0, "\"|f4\""),
    Case(descr("f4"), .unsupportedType, at: 0, "\"f4\""),
    Case(descr(""), .unsupportedType, at: 0, "\"\""),
    Case(
      "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", .unsupportedType, at: 10,
      "records of several fields"),
  ]

  @Test(arguments: cases)
  func `a wrong header is refused with its place`(_ example: Case) throws {
    let error = try #require(throws: NPYError.self) { _ = try NPYHeader(example.bytes) }
    #expect(error.code == example.code && error.offset == example.offset && error.found == example.found, "\(error)")
    #expect(!error.expected.isEmpty)
  }

  @Test func `Python objects are refused with the reason`() throws {
    let error = try #require(throws: NPYError.self) {
      _ = try NPYHeader(NPYBytes.header(NPYRefusalTests.descr("|O")))
    }
    #expect(error.advice == "it is not read, because reading it would run code: save arrays of numbers")
  }

  @Test func `text with wrong characters or of another size is refused`() throws {
    let header = NPYBytes.header("{'descr': '<U2', 'fortran_order': False, 'shape': (), }")
    let wrong: [(characters: [UInt8], offset: Int, found: String)] = [
      ([0, 0xD8, 0, 0, 0x61, 0, 0, 0], header.count, "code 55296"), ([0x61, 0, 0, 0], header.count, "4"),
      ([0x61, 0, 0, 0, 0, 0, 0x11, 0], header.count + 4, "code 1114112"),
    ]
    for (characters, offset, found) in wrong {
      let error = try #require(throws: NPYError.self) { _ = try NPYText(header + characters) }
      #expect(error.code == .invalidText && error.offset == offset && error.found == found, "\(error)")
    }
  }
}
