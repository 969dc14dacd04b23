import NPY
import TestSupport
import Testing

/// Files that are refused, each with its exact evidence.
struct RefusalTests {
  private static let bytes = NPYBytes.dictionary("|u1", "(2, 3)")

  private func expect(
    _ bytes: [UInt8], _ code: NPYError.Code, offset: Int? = nil, expected: String, found: String,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let error = try #require(try NPYBytes.error(bytes), sourceLocation: location)
    #expect(error.code == code, sourceLocation: location)
    #expect(error.offset == offset, sourceLocation: location)
    #expect(error.expected == expected, sourceLocation: location)
    #expect(error.found == found, sourceLocation: location)
    #expect(error.path?.hasSuffix("/array.npy") == true, sourceLocation: location)
  }

  private static let opening = "the bytes 93 'NUMPY', a version and the length of the header"

  @Test func filesWithoutTheSignatureAreNamed() throws {
    try expect([], .notNPY, offset: 0, expected: Self.opening, found: "no bytes")
    try expect(Array("PK\u{3}\u{4}".utf8), .notNPY, offset: 0, expected: Self.opening, found: "other bytes")
    try expect([0x93, 0x4E, 0x55], .notNPY, offset: 0, expected: Self.opening, found: "other bytes")
  }

  @Test func otherVersionsAreRefused() throws {
    for (major, minor) in [(0, 0), (1, 1), (3, 1), (4, 0), (255, 255)] as [(UInt8, UInt8)] {
      try expect(
        NPYHeader.signature + [major, minor, 0, 0, 0, 0], .unsupportedVersion, offset: 6,
        expected: "version 1.0, 2.0 or 3.0", found: "\(major).\(minor)")
    }
  }

  @Test func cutHeadersSayWhereTheyEnd() throws {
    let file = NPYBytes.file(Self.bytes, [1, 2, 3, 4, 5, 6])
    try expect(
      Array(file[..<7]), .truncatedHeader, offset: 7, expected: Self.opening, found: "the end of the file")
    try expect(
      Array(file[..<9]), .truncatedHeader, offset: 9, expected: Self.opening, found: "the end of the file")
    try expect(
      Array(file[..<60]), .truncatedHeader, offset: 60, expected: "a header of 118 bytes",
      found: "the end of the file")
  }

  @Test func aHeaderLongerThanTheLimitIsRefusedBeforeItIsRead() throws {
    try expect(
      NPYHeader.signature + [2, 0, 0xFF, 0xFF, 0xFF, 0xFF], .invalidHeader, offset: 8,
      expected: "a header of at most 65536 bytes", found: "4294967295")
  }

  @Test(arguments: [
    ("{'descr': '|u1', 'fortran_order': False, 'shape': (2,)", "}", "the end of the header"),
    (
      "{'descr': '|u1', 'fortran_order': False}", "the keys descr, fortran_order and shape",
      "a header without one of them"
    ),
    ("{'descr': '|u1', 'descr': '|u1'}", "each key once", "descr twice"),
    ("{'descr': '|u1', 'order': 'C'}", "one of the keys descr, fortran_order and shape", "\"order\""),
    ("{'descr': [('a', '<f4')]}", "the code of one element type", "a record of several"),
    ("{'fortran_order': 1}", "True or False", "\"1}\""),
    ("{'shape': (-1,)}", "a whole number from 0 to 9223372036854775807", "\"-1,)}\""),
    ("{'shape': (99999999999999999999,)}", "a whole number from 0 to 9223372036854775807", "\"9999999999999999\""),
    ("{'shape': 3}", "(", "\"3}\""),
    ("__import__('os').system('true')", "{", "\"__import__(\\'os\\')\""),
    ("{'descr': '|u1', 'fortran_order': False, 'shape': (2,)} + 1", "the end of the header", "\"+ 1\""),
    ("{'descr': 'a\\u0041'}", "a text of plain ASCII letters", "\"\\'a\\\\u0041\\'}\""),
    ("{'descr': 'a", "a text that ends in its quote", "\"\\'a\""),
  ])
  func headersThatNumPyDoesNotWriteAreRefused(dictionary: String, expected: String, found: String) throws {
    let error = try #require(try NPYBytes.error(NPYBytes.file(dictionary)))
    #expect(error.code == .invalidHeader)
    #expect(error.expected == expected)
    // White space that pads the header follows what was written.
    let written = error.found.replacing(/[ ]*(\\n)?"$/, with: "\"")
    #expect(written == found)
  }

  @Test(arguments: [
    ("|O", "\"|O\" (Python objects, which would have to be unpickled)"), ("<U7", "\"<U7\" (text)"),
    ("|S3", "\"|S3\" (bytes)"), ("|V2", "\"|V2\" (raw bytes)"), ("<M8[ns]", "\"<M8[ns]\" (dates)"),
    ("<f16", "\"<f16\" (a floating-point type of this size)"), ("|i4", "\"|i4\""), ("i4", "\"i4\""), ("", "\"\""),
    ("<x9", "\"<x9\""),
  ])
  func elementsThatAreNoNumbersAreNamed(type: String, found: String) throws {
    try expect(
      NPYBytes.file(NPYBytes.dictionary(type, "(1,)"), [0, 0, 0, 0]), .unsupportedType, offset: 10,
      expected: "numbers or booleans", found: found)
  }

  @Test func sizesThatDoNotFitAreRefusedBeforeMemoryIsTaken() throws {
    let long = (0..<65).map { _ in "1" }.joined(separator: ", ")
    try expect(
      NPYBytes.file(NPYBytes.dictionary("<f8", "(\(long))")), .dimensionOverflow, expected: "at most 64 axes",
      found: "65"
    )
    try expect(
      NPYBytes.file(NPYBytes.dictionary("<f8", "(0, 4294967296, 4294967296)")), .dimensionOverflow,
      expected: "lengths of at least 0, and at most 9223372036854775807 bytes in all",
      found: "the shape (0, 4294967296, 4294967296) of float64")
    try expect(
      NPYBytes.file(NPYBytes.dictionary("<f8", "(1000000000000,)")), .truncatedData,
      expected: "8000000000000 bytes of elements ((1000000000000,) float64)", found: "0 bytes")
  }

  @Test func tooFewAndTooManyElementsAreCounted() throws {
    try expect(
      NPYBytes.file(Self.bytes, [1, 2, 3]), .truncatedData, expected: "6 bytes of elements ((2, 3) uint8)",
      found: "3 bytes")
    try expect(
      NPYBytes.file(Self.bytes, [1, 2, 3, 4, 5, 6, 7]), .trailingBytes,
      expected: "the end of the file after 6 bytes of elements ((2, 3) uint8)", found: "1 more byte")
  }

  @Test func errorsOfFilesKeepTheirReason() {
    let error = #expect(throws: NPYError.self) { try NPYArray(contentsOf: "/nowhere/array.npy") }
    #expect(error?.fileError?.reason == .notFound)
  }
}
