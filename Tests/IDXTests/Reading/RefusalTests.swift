import BinaryIO
import IDX
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Every way in which a file can be no IDX file, with the exact evidence, plain and inside gzip.
@Suite struct RefusalTests {
  private static let opening = "the bytes 00 00, an element type and a rank"

  @Test(
    arguments: [
      ([0x89, 0x4E, 0x4E, 0x4B, 0x0D, 0x0A, 0x1A, 0x0A, 0, 1], "an nnkit model (.nnk)"),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0], "a PNG image"),
      ([0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10], "a JPEG image"),
      ([0x50, 0x4B, 0x03, 0x04, 0x14], "a zip archive (.zip or .npz)"),
      (Array("\u{93}NUMPY".unicodeScalars.map { UInt8($0.value) }) + [1, 0], "a NumPy array (.npy)"),
      ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], "an HDF5 file"),
      (Array("BZh91AY".utf8), "a bzip2 file"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "an xz file"),
      ([0x28, 0xB5, 0x2F, 0xFD, 0x24], "a Zstandard file"),
      (Array("<!DOCTYPE html>".utf8), "an HTML or XML page"),
      (Array("<html>".utf8), "an HTML or XML page"),
      (Array("<?xml version".utf8), "an HTML or XML page"),
      (Array("version https://git-lfs".utf8), "a Git LFS pointer"),
      ([1, 0, 8, 1, 0, 0, 0, 1, 7], "the bytes 01 00 08 01 00 00 00 01"),
      ([0, 0xAB, 8], "the bytes 00 AB 08"),
      ([0x37], "the bytes 37"),
    ] as [([UInt8], String)])
  func otherKindsOfFileAreNamed(bytes: [UInt8], name: String) throws {
    let folder = try TemporaryFolder()
    for stored in [bytes, try gzip(bytes)] {
      let path = try folder.write(stored, to: "a")
      expectError(.notIDX, path: path, offset: 0, expected: RefusalTests.opening, found: name) {
        _ = try IDXReader(path: path)
      }
    }
  }

  @Test func anEmptyFileIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([], to: "a")
    expectError(.emptyFile, path: path, offset: 0, expected: RefusalTests.opening, found: "no bytes") {
      _ = try IDXReader(path: path)
    }
  }

  @Test(arguments: [0x00, 0x07, 0x0A, 0x0F, 0xFF] as [UInt8])
  func anUnknownElementTypeIsRefused(code: UInt8) throws {
    let folder = try TemporaryFolder()
    let hexadecimal = (code < 16 ? "0" : "") + String(code, radix: 16, uppercase: true)
    let bytes = idxBytes(type: code, dimensions: [1], data: [0])
    for stored in [bytes, try gzip(bytes)] {
      let path = try folder.write(stored, to: "a")
      expectError(
        .unknownElementType, path: path, offset: 2,
        expected: "0x08 (uint8), 0x09 (int8), 0x0B (int16), 0x0C (int32), 0x0D (float32), 0x0E (float64)",
        found: "0x" + hexadecimal
      ) { _ = try IDXReader(path: path) }
    }
  }

  @Test func aRankOfZeroIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([0, 0, 8, 0, 5], to: "a")
    expectError(
      .invalidRank, path: path, offset: 3, expected: "1 to 255 dimensions", found: "0 dimensions"
    ) { _ = try IDXReader(path: path) }
  }

  @Test func everyLengthOfATruncatedHeader() throws {
    let folder = try TemporaryFolder()
    let whole = idxBytes(type: 8, dimensions: [2, 3, 4])
    for length in 1..<whole.count {
      for stored in [Array(whole[..<length]), try gzip(Array(whole[..<length]))] {
        let path = try folder.write(stored, to: "a")
        let expected = length < 4 ? "a header of at least 8 bytes" : "a header of 16 bytes (3 dimensions)"
        expectError(
          .truncatedHeader, path: path, offset: length, expected: expected, found: "\(length) bytes"
        ) { _ = try IDXReader(path: path) }
      }
    }
  }

  @Test func everyLengthOfTruncatedData() throws {
    let folder = try TemporaryFolder()
    let whole = idxBytes(type: 0x0B, dimensions: [2, 2], data: [1, 2, 3, 4, 5, 6, 7, 8])
    for length in 12..<whole.count {
      let expected = "20 bytes (2 × 2 int16)"
      // Of a plain file the size is known at once; of a compressed one when its end comes.
      let plain = try folder.write(Array(whole[..<length]), to: "plain")
      expectError(
        .truncatedData, path: plain, offset: length, expected: expected, found: "\(length) bytes"
      ) { _ = try IDXReader(path: plain) }
      let compressed = try folder.write(gzip(Array(whole[..<length])), to: "compressed")
      expectError(
        .truncatedData, path: compressed, offset: length, expected: expected, found: "\(length) bytes"
      ) { _ = try IDXArray(contentsOf: compressed) }
      expectError(
        .truncatedData, path: compressed, offset: length, expected: expected, found: "\(length) bytes"
      ) {
        var reader = try IDXReader(path: compressed)
        try reader.finish()
      }
    }
  }

  @Test func trailingBytesAreRefused() throws {
    let folder = try TemporaryFolder()
    let bytes = idxBytes(type: 8, dimensions: [3], data: [1, 2, 3])
    for (extra, found) in [([9], "1 more byte"), ([9, 9, 9], "3 more bytes")] as [([UInt8], String)] {
      let path = try folder.write(bytes + extra, to: "a")
      expectError(
        .trailingBytes, path: path, offset: 11, expected: "the end of the file after 11 bytes (3 uint8)",
        found: found
      ) { _ = try IDXReader(path: path) }
    }
    let path = try folder.write(gzip(bytes + [9, 9]), to: "b")
    var reader = try IDXReader(path: path)
    // The items are there; what follows them is found when the end is asked for.
    #expect(try reader.readItems(maximumCount: 3)?.bytes == [1, 2, 3])
    var failure: IDXError?
    do { _ = try reader.readItems(maximumCount: 3) } catch { failure = error }
    #expect(failure?.code == .trailingBytes)
    #expect(failure?.offset == 11)
    #expect(failure?.found == "at least 1 more byte")
  }

  @Test func impossibleSizesAreRefusedAtOnce() throws {
    let folder = try TemporaryFolder()
    let bytes = idxBytes(type: 8, dimensions: [.max, .max], data: [1, 2, 3])
    for stored in [bytes, try gzip(bytes)] {
      let path = try folder.write(stored, to: "a")
      expectError(
        .dimensionOverflow, path: path, offset: 4, expected: "at most 9223372036854775807 bytes in total",
        found: "4294967295 × 4294967295 elements of uint8"
      ) { _ = try IDXReader(path: path) }
    }
    let large = try folder.write(idxBytes(type: 8, dimensions: [.max >> 1, .max >> 1]), to: "b")
    expectError(
      .truncatedData, path: large, offset: 12,
      expected: "4611686014132420621 bytes (2147483647 × 2147483647 uint8)", found: "12 bytes"
    ) { _ = try IDXReader(path: large) }
  }

  @Test func piecesOfNothingAreRefused() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(idxBytes(type: 8, dimensions: [1], data: [5]), to: "a")
    for count in [0, -1, Int.min] {
      expectError(
        .invalidArgument, path: path, expected: "a maximum count of at least 1", found: "\(count)"
      ) {
        var reader = try IDXReader(path: path)
        _ = try reader.readItems(maximumCount: count)
      }
    }
    var reader = try IDXReader(path: path)
    #expect(try reader.readItems(maximumCount: .max)?.bytes == [5])
    #expect(try reader.readItems(maximumCount: .max) == nil)
    try reader.finish()
  }

  @Test func fileErrorsArePassedOn() throws {
    let folder = try TemporaryFolder()
    let missing = folder.file("missing")
    let error = #expect(throws: IDXError.self) { _ = try IDXArray(contentsOf: missing) }
    #expect(error?.code == .file && error?.path == missing)
    #expect(error?.fileError == FileError(operation: .open, path: missing, reason: .notFound))
    #expect(error?.description == "cannot open \(missing): no such file or folder")
    let directory = #expect(throws: IDXError.self) { _ = try IDXArray(contentsOf: folder.path) }
    #expect(directory?.fileError?.reason == .isDirectory)
  }

  @Test func descriptionsAreOneLineThatSaysWhatToDo() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], to: "a")
    let error = #expect(throws: IDXError.self) { _ = try IDXReader(path: path) }
    #expect(
      error?.description == path
        + ": not an IDX file (offset 0): expected the bytes 00 00, an element type and a rank, "
        + "found a PNG image; give an IDX file, plain or gzip-compressed")
  }

  /// Thousands of damaged headers: each is refused or read, none traps.
  @Test func randomHeadersNeverTrap() throws {
    var random = SplitMix64(seed: 4)
    let folder = try TemporaryFolder()
    var refused = 0
    for _ in 0..<3000 {
      var bytes = idxBytes(type: 0x0C, dimensions: [1, 2], data: [1, 2, 3, 4, 5, 6, 7, 8])
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: 0..<12, using: &random)
        bytes[index] = [0, 1, 2, 0x7F, 0x80, 0xFF, 0x0B, 0x0E][Int.random(in: 0..<8, using: &random)]
      }
      let path = try folder.write(bytes, to: "a")
      do throws(IDXError) {
        let array = try IDXArray(contentsOf: path)
        #expect(array.bytes.count == array.header.byteCount)
      } catch { refused += 1 }
    }
    #expect(refused > 2000)
  }
}
