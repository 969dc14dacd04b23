import TestSupport
import Testing

@testable import ModelFormat

/// Files that are no models are refused, and named.
struct ForeignFileTests {
  static let files: [(name: String, bytes: [UInt8])] = [
    ("an empty file", []),
    ("a gzip file", [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 3] + [UInt8](repeating: 7, count: 100)),
    (
      "a zip archive that holds no model, such as .keras",
      [0x50, 0x4B, 3, 4, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 60)
    ),
    (
      "an HDF5 file, such as .h5 of Keras",
      [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 0, count: 90)
    ),
    ("an IDX file", [0, 0, 8, 1, 0, 0, 0, 2, 5, 6]),
    ("an IDX file", [0, 0, 0x0E, 1, 0, 0, 0, 0]),
    ("a file that begins with 23 21 2F 62 69 6E 2F 73", Array("#!/bin/sh\nexit 0\n".utf8)),
    ("a file that begins with 00", [0]),
    ("a model of TensorFlow Lite", [0x1C, 0, 0, 0] + Array("TFL3".utf8) + [UInt8](repeating: 0, count: 20)),
    ("a PNG image", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 0, count: 20)),
    ("a table of numbers as text, such as .csv", Array("0.5,-1,2e3\n4,5,6\n".utf8)),
    ("a file that begins with 61 2C 62 2C 63 0A 31 2C", Array("a,b,c\n1,2,3\n".utf8)),
    // What a transfer that clears the high bit, or converts line ends, leaves of the signature.
    (
      "a file that begins with 09 4E 4E 4B 0D 0A 1A 0A",
      [0x09, 0x4E, 0x4E, 0x4B, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 1, count: 50)
    ),
    (
      "a file that begins with 89 4E 4E 4B 0A 1A 0A 00",
      [0x89, 0x4E, 0x4E, 0x4B, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 0, count: 50)
    ),
  ]

  @Test(arguments: files.indices)
  func aForeignFileIsNamed(index: Int) throws {
    let (name, bytes) = ForeignFileTests.files[index]
    let error = try readingError(bytes)
    #expect(error.code == .notAModel)
    #expect(error.section == "header")
    #expect(error.offset == 0)
    #expect(error.expected == "a model")
    #expect(error.found == name)
  }

  @Test func whatOtherProgramsWriteComesWithALineThatMakesSomethingThatOpens() throws {
    let zeros = [UInt8](repeating: 0, count: 30)
    let cases: [(bytes: [UInt8], word: String)] = [
      ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A] + zeros, "numpy.savez"),
      ([0x50, 0x4B, 3, 4] + zeros, "keras.models.load_model"),
      ([0, 0, 0, 0] + Array("TFL3".utf8) + zeros, "get_tensor_details"),
      ([0xFF, 0xD8, 0xFF, 0xE0] + zeros, "images-to-idx.py"), (Array("1,2\n3,4\n5,6\n7,8\n".utf8), "numpy.loadtxt"),
    ]
    for (bytes, word) in cases { #expect(try readingError(bytes).advice?.contains(word) == true, "\(word)") }
  }

  @Test(arguments: 0..<200)
  func randomBytesAreRefused(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let noise = random.bytes(Int.random(in: 0...2000, using: &random))
    #expect(try readingError(noise).code == .notAModel)
    // Behind a sound header it is no better.
    let error = try readingError(FileHeader.encoded() + noise)
    #expect(error.code == .truncated)
  }

  @Test(arguments: 0..<100)
  func randomBytesBetweenSoundHeaderAndSoundTrailerAreRefused(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(500 + seed))
    let noise = random.bytes(Int.random(in: 20...2000, using: &random))
    let size = 16 + noise.count + 24
    let offset = Int.random(in: 16...16 + noise.count - 20, using: &random)
    let error = try readingError(
      FileHeader.encoded() + noise + FileTrailer.encoded(indexOffset: offset, fileSize: size))
    #expect(error.code == .checksumMismatch)
    #expect(error.section == "INDX")
  }
}
