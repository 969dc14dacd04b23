import IDX
import TestSupport
import Testing

@Suite struct CompressedFileTests {
  /// zlib.compressobj(9, 8, 31) of the array below, 40 bytes.
  private let golden: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x63, 0x60, 0xE0, 0x66, 0x62, 0x60, 0x60,
    0x00, 0x61, 0xE6, 0x06, 0x86, 0xFF, 0xFF, 0x81, 0x34, 0x23, 0x23, 0x53, 0xFD, 0x7F, 0x00, 0xA4, 0x18,
    0xFA, 0x65, 0x18, 0x00, 0x00, 0x00,
  ]

  private func goldenArray() throws -> IDXArray {
    try IDXArray(dimensions: [2, 3], elements: [-32768, -1, 0, 1, 258, 32767] as [Int16])
  }

  @Test func isRecognisedByContentAndNotByName() throws {
    let folder = try TemporaryFolder()
    #expect(try IDXArray(contentsOf: folder.write(golden, to: "no-suffix")) == goldenArray())
    let plain = idxBytes(type: 8, dimensions: [2], data: [5, 6])
    #expect(try IDXArray(contentsOf: folder.write(plain, to: "plain.gz")).bytes == [5, 6])
  }

  @Test func severalMembersAndAName() throws {
    // The first 10 bytes as gzip.GzipFile("labels.idx", mtime=1700000000) writes them, the rest as a second
    // member from gzip.compress(…, mtime=0).
    let members: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x08, 0x00, 0xF1, 0x53, 0x65, 0x02, 0xFF, 0x6C, 0x61, 0x62, 0x65, 0x6C, 0x73, 0x2E,
      0x69, 0x64, 0x78, 0x00, 0x63, 0x60, 0xE0, 0x66, 0x62, 0x60, 0x60, 0x00, 0x62, 0x00, 0x67, 0xB1, 0xFB,
      0x2A, 0x0A, 0x00, 0x00, 0x00, 0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x63, 0x60,
      0x6E, 0x60, 0xF8, 0xFF, 0x9F, 0x81, 0x81, 0x81, 0x91, 0x91, 0xA9, 0xFE, 0x3F, 0x00, 0xB9, 0xB1, 0x43,
      0xA7, 0x0E, 0x00, 0x00, 0x00,
    ]
    let folder = try TemporaryFolder()
    #expect(try IDXArray(contentsOf: folder.write(members, to: "a")) == goldenArray())
  }

  @Test func everyTruncationIsRefused() throws {
    let folder = try TemporaryFolder()
    for length in 0..<golden.count {
      let path = try folder.write(Array(golden[..<length]), to: "cut")
      let error = #expect(throws: IDXError.self, "length \(length)") { _ = try IDXArray(contentsOf: path) }
      let code: IDXError.Code = length == 0 ? .emptyFile : length == 1 ? .notIDX : .damagedGzip
      #expect(error?.code == code, "length \(length)")
      if length > 1 { #expect(error?.found == "the end of the file") }
    }
  }

  @Test func everyFlippedBitIsRefusedUnlessItMeansNothing() throws {
    // RFC 1952: the flag FTEXT (byte 3, bit 0) is a remark, and so are the time (4–7), the extra flags (8) and
    // the operating system (9). RFC 1951: a stream that ends inside a byte leaves the rest of it unused; here
    // these are the two highest bits of byte 31, the last one before the checksum.
    var meaningless: Set<Int> = [3 * 8, 31 * 8 + 6, 31 * 8 + 7]
    meaningless.formUnion(4 * 8..<10 * 8)
    let folder = try TemporaryFolder()
    for bit in 0..<golden.count * 8 {
      var bytes = golden
      bytes[bit / 8] ^= 1 << (bit % 8)
      let path = try folder.write(bytes, to: "flipped")
      if meaningless.contains(bit) {
        #expect(try IDXArray(contentsOf: path) == goldenArray(), "byte \(bit / 8), bit \(bit % 8)")
      } else {
        #expect(throws: IDXError.self, "byte \(bit / 8), bit \(bit % 8)") {
          _ = try IDXArray(contentsOf: path)
        }
      }
    }
  }

  /// The header was read intact, the elements were not: 12 bytes.
  @Test func aWrongChecksumIsNamed() throws {
    var bytes = golden
    bytes[32] ^= 1
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes, to: "a")
    expectError(
      .damagedGzip, path: path, offset: 12, expected: "a whole gzip stream", found: "incorrect data check"
    ) { _ = try IDXArray(contentsOf: path) }
  }

  @Test func aBombIsNotInflated() throws {
    let folder = try TemporaryFolder()
    var bomb = try gzip(
      idxBytes(type: 8, dimensions: [4]) + [UInt8](repeating: 0, count: 1 << 26))
    #expect(bomb.count < 1 << 17)
    // With its checksum broken, the file would be called damaged if anyone inflated it to the end.
    bomb[bomb.count - 5] ^= 1
    let path = try folder.write(bomb, to: "bomb")
    expectError(
      .trailingBytes, path: path, offset: 12, expected: "the end of the file after 12 bytes (4 uint8)",
      found: "at least 1 more byte"
    ) { _ = try IDXArray(contentsOf: path) }
  }

  @Test func aDeclaredSizeAllocatesNothing() throws {
    let folder = try TemporaryFolder()
    let claims = idxBytes(type: 8, dimensions: [.max >> 1, .max >> 1], data: [1, 2, 3])
    let path = try folder.write(gzip(claims), to: "a")
    expectError(
      .truncatedData, path: path, offset: 15,
      expected: "4611686014132420621 bytes (2147483647 × 2147483647 uint8)", found: "15 bytes"
    ) { _ = try IDXArray(contentsOf: path) }
    // One item alone is as large as that.
    expectError(
      .truncatedData, path: path, offset: 15,
      expected: "4611686014132420621 bytes (2147483647 × 2147483647 uint8)", found: "15 bytes"
    ) {
      var reader = try IDXReader(path: path)
      _ = try reader.readItems(maximumCount: 1)
    }
  }

  @Test func anEmptyContentIsAnEmptyFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(gzip([]), to: "a")
    expectError(
      .emptyFile, path: path, offset: 0, expected: "the bytes 00 00, an element type and a rank",
      found: "no bytes"
    ) { _ = try IDXReader(path: path) }
  }

  @Test func gzipInsideGzipIsNamed() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(gzip(golden), to: "a")
    expectError(
      .notIDX, path: path, offset: 0, expected: "the bytes 00 00, an element type and a rank",
      found: "a gzip file inside a gzip file"
    ) { _ = try IDXReader(path: path) }
  }
}
