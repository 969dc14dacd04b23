import NPY
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// Zip archives that break the rules are refused, with the place and the evidence.
struct ZipRefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let title: String
    let code: ModelFormatError.Code
    let found: String
    let isLarge: Bool
    let change: @Sendable (inout ZipBytes) -> Void

    init(
      _ title: String, _ code: ModelFormatError.Code, _ found: String, isLarge: Bool = false,
      _ change: @escaping @Sendable (inout ZipBytes) -> Void
    ) {
      (self.title, self.code, self.found, self.isLarge, self.change) = (title, code, found, isLarge, change)
    }

    var testDescription: String { title }
  }

  /// Two bytes stored under `a`, and five numbers deflated under `b`.
  private static func archive(isLarge: Bool) throws -> ZipBytes {
    let a = try NPYHeader(elementType: .uint8, shape: [2]).encoded + [7, 9]
    let b = try NPYHeader(elementType: .int16, shape: [5]).encoded + [1, 0, 2, 0, 3, 0, 4, 0, 5, 0]
    return ZipBytes([.init("a.npy", a), try .deflated("b.npy", b)], isLarge: isLarge)
  }

  private static let ends: [Case] = [
    Case("the last byte is missing", .truncated, "the end of the file") { $0.bytes.removeLast() },
    Case("nothing but a beginning", .truncated, "the end of the file") { $0.bytes.removeSubrange(60...) },
    Case("a comment that is not there", .truncated, "the end of the file") { $0.set(UInt16(1), at: $0.end + 20) },
    Case("a byte after the end", .truncated, "the end of the file") { $0.bytes.append(0) },
    Case("another part of an archive", .unsupported, "a part of one") { $0.set(UInt16(1), at: $0.end + 4) },
    Case("a directory in another part", .unsupported, "a part of one") { $0.set(UInt16(1), at: $0.end + 6) },
    Case("members in other parts", .unsupported, "a part of one") { $0.set(UInt16(1), at: $0.end + 8) },
    Case("too many members", .inconsistentLayout, "102 bytes") {
      $0.set(UInt16(3), at: $0.end + 8)
      $0.set(UInt16(3), at: $0.end + 10)
    },
    Case("too few members", .inconsistentLayout, "more") {
      $0.set(UInt16(1), at: $0.end + 8)
      $0.set(UInt16(1), at: $0.end + 10)
    },
    Case("a directory that is too long", .inconsistentLayout, "103 bytes from 278 on") {
      $0.set(UInt32(103), at: $0.end + 12)
    },
    Case("a directory somewhere else", .inconsistentLayout, "102 bytes from 4294967280 on") {
      $0.set(UInt32(0xFFFF_FFF0), at: $0.end + 16)
    },
    Case("a large record after the file", .inconsistentLayout, "offset 1000", isLarge: true) {
      $0.set(UInt64(1000), at: $0.locator + 8)
    },
    Case("a large record beyond all files", .inconsistentLayout, "offset 18446744073709551615", isLarge: true) {
      $0.set(UInt64.max, at: $0.locator + 8)
    },
    Case("no large record", .inconsistentLayout, "something else at 380", isLarge: true) {
      $0.bytes[$0.largeEnd] = 0
    },
    Case("a large record of another size", .inconsistentLayout, "something else at 380", isLarge: true) {
      $0.set(UInt64(45), at: $0.largeEnd + 4)
    },
    Case("a large record that is endless", .inconsistentLayout, "something else at 380", isLarge: true) {
      $0.set(UInt64(Int.max), at: $0.largeEnd + 4)
    },
    Case("a large directory in another part", .inconsistentLayout, "others", isLarge: true) {
      $0.set(UInt32(1), at: $0.largeEnd + 16)
    },
    Case("a large directory beyond all files", .inconsistentLayout, "others", isLarge: true) {
      $0.set(UInt64.max, at: $0.largeEnd + 48)
    },
    Case("more members than may be", .limitExceeded, "524289", isLarge: true) {
      $0.set(UInt64(524_289), at: $0.largeEnd + 32)
    },
    Case("two numbers of members", .inconsistentLayout, "another", isLarge: true) {
      $0.set(UInt16(1), at: $0.end + 10)
    },
  ]

  private static let entries: [Case] = [
    Case("no entry", .inconsistentLayout, "something else") { $0.bytes[$0.entries[1]] = 0 },
    Case("a name of great length", .inconsistentLayout, "one that goes on after it") {
      $0.set(UInt16(60_000), at: $0.entries[0] + 28)
    },
    Case("a name that is no text", .unsupported, "another encoding") { $0.bytes[$0.entries[0] + 46] = 0xFF },
    Case("an encrypted member", .unsupported, "\"a.npy\"") { $0.set(UInt16(1), at: $0.entries[0] + 8) },
    Case("a hidden member", .unsupported, "\"a.npy\"") { $0.set(UInt16(1 << 13), at: $0.entries[0] + 8) },
    Case("another method", .unsupported, "method 12 of \"b.npy\"") { $0.set(UInt16(12), at: $0.entries[1] + 10) },
    Case("a member in another part", .unsupported, "a part of one") { $0.set(UInt16(1), at: $0.entries[0] + 34) },
    Case("two sizes of a stored member", .inconsistentLayout, "131 and 130") {
      $0.set(UInt32(131), at: $0.entries[0] + 24)
    },
    Case("more than DEFLATE can make", .limitExceeded, "1073741824 bytes") {
      $0.set(UInt32(1 << 30), at: $0.entries[1] + 24)
    },
    Case("a member after the directory", .inconsistentLayout, "278") { $0.set(UInt32(278), at: $0.entries[1] + 42) },
    Case("a size without its number", .inconsistentLayout, "4294967295 bytes that go on after it") {
      $0.set(UInt32.max, at: $0.entries[0] + 20)
      $0.set(UInt32.max, at: $0.entries[0] + 24)
    },
    Case("members in one place", .inconsistentLayout, "130 bytes that go on after it") {
      $0.set(UInt32(0), at: $0.entries[1] + 42)
    },
    Case("a member that goes on into the next", .inconsistentLayout, "131 bytes that go on after it") {
      $0.set(UInt32(131), at: $0.entries[0] + 20)
      $0.set(UInt32(131), at: $0.entries[0] + 24)
    },
    Case("a name twice", .inconsistentLayout, "\"a.npy\" twice") { $0.bytes[$0.entries[1] + 46] = UInt8(ascii: "a") },
    Case("a member that is no array", .unsupported, "\"a.npx\"") {
      $0.bytes[$0.entries[0] + 50] = UInt8(ascii: "x")
      $0.bytes[$0.entries[1] + 46] = UInt8(ascii: "c")
    },
  ]

  private static let members: [Case] = [
    Case("no header", .inconsistentLayout, "something else") { $0.bytes[$0.headers[1]] = 0 },
    Case("another name in the header", .inconsistentLayout, "another one") { $0.bytes[$0.headers[1] + 30] = 0x63 },
    Case("another method in the header", .inconsistentLayout, "another one") {
      $0.set(UInt16(0), at: $0.headers[1] + 8)
    },
    Case("another checksum in the header", .inconsistentLayout, "another one") {
      $0.set(UInt32(1), at: $0.headers[0] + 14)
    },
    Case("another size in the header", .inconsistentLayout, "another one") {
      $0.set(UInt32(1), at: $0.headers[1] + 22)
    },
    Case("a header that goes on after its member", .inconsistentLayout, "another one") {
      $0.set(UInt16(9), at: $0.headers[0] + 28)
    },
    Case("a changed value", .checksumMismatch, "") { $0.bytes[$0.contents[0] + 129] ^= 1 },
    Case("a changed header of an array", .checksumMismatch, "") { $0.bytes[$0.contents[0] + 100] = 0x09 },
    Case("another checksum", .checksumMismatch, "") {
      $0.set(UInt32(1), at: $0.headers[1] + 14)
      $0.set(UInt32(1), at: $0.entries[1] + 16)
    },
    Case("no checksum", .checksumMismatch, "") {
      $0.set(UInt32(0), at: $0.headers[0] + 14)
      $0.set(UInt32(0), at: $0.entries[0] + 16)
    },
    Case("no DEFLATE stream", .damagedStream, "\"invalid block type\"") { $0.bytes[$0.contents[1]] |= 7 },
    Case("a stream that is cut short", .damagedStream, "one that is cut short") {
      let size = $0.directory - $0.contents[1] - 3
      $0.set(UInt32(size), at: $0.headers[1] + 18)
      $0.set(UInt32(size), at: $0.entries[1] + 20)
    },
    Case("an array that is longer than its member", .truncated, "1") {
      for place in [$0.headers[0] + 18, $0.headers[0] + 22, $0.entries[0] + 20, $0.entries[0] + 24] {
        $0.set(UInt32(129), at: place)
      }
    },
  ]

  @Test(arguments: ends + entries + members)
  func `a wrong archive is refused with its place`(_ example: Case) throws {
    var archive = try ZipRefusalTests.archive(isLarge: example.isLarge)
    example.change(&archive)
    let error = try readingError(archive.bytes)
    #expect(error.code == example.code && error.found.contains(example.found), "\(error)")
    #expect(error.path == "model" && !error.expected.isEmpty)
  }

  @Test(arguments: [false, true])
  func `the archive that they are made from is sound`(isLarge: Bool) throws {
    let archive = try ZipRefusalTests.archive(isLarge: isLarge)
    #expect(archive.directory == 278 && archive.largeEnd == 380)
    let model = try ModelFiles.open(bytes: archive.bytes).model()
    #expect(model.tensors.map(\.name) == ["a", "b"])
    #expect(model.tensors.map { $0.doubles() } == [[7, 9], [1, 2, 3, 4, 5]])
  }

  @Test func `a stream of another size than the directory says`() throws {
    let array = try NPYHeader(elementType: .int16, shape: [5]).encoded + [1, 0, 2, 0, 3, 0, 4, 0, 5, 0]
    for (bytes, extra, expected, found) in [
      (array + [9], [], "138 bytes in the member \"b.npy\"", "more"),
      (Array(array.dropLast()), [], "138 bytes in the member \"b.npy\"", "137"),
      (array, [7, 7], "in the member \"b.npy\"", "one that ends 2 before"),
    ] as [([UInt8], [UInt8], String, String)] {
      var member = try ZipBytes.Member.deflated("b.npy", bytes)
      member.size = array.count
      member.stored += extra
      let error = try readingError(ZipBytes([member]).bytes)
      #expect(error.code == .damagedStream && error.expected.contains(expected) && error.found == found, "\(error)")
    }
  }

  @Test func `a directory that is larger than the limit`() throws {
    var limits = DecodingLimits()
    limits.structuredSectionSize = 101
    let error = try readingError(try ZipRefusalTests.archive(isLarge: false).bytes, limits: limits)
    #expect(
      error.code == .limitExceeded && error.expected == "a directory of at most 101 bytes" && error.found == "102")
  }
}
