import Foundation
import ModelFormat
import Testing

/// A file of the vectors as a frozen version lists it: fingerprint, size, path.
struct FrozenFile {
  let fingerprint: UInt64
  let size: Int
  let path: String

  init?(line: Substring) {
    let parts = line.split(separator: " ")
    guard parts.count == 3, let fingerprint = UInt64(parts[0], radix: 16), let size = Int(parts[1]) else { return nil }
    self.fingerprint = fingerprint
    self.size = size
    path = String(parts[2])
  }

  /// FNV-1a of 64 bits. A CRC-32 would not do: that of bytes which end in their own CRC-32 is always the same, so that
  /// two files of this format with different sections of the same lengths share it.
  static func fingerprint(_ data: [UInt8]) -> UInt64 {
    data.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// The files that were valid when a version was frozen.
  static func files(ofVersion version: String) throws -> [FrozenFile] {
    let list = specificationFolder.appending(path: "frozen").appending(path: "\(version).txt")
    let lines = try String(contentsOf: list, encoding: .utf8).split(separator: "\n")
    return try lines.map { line in try #require(FrozenFile(line: line), "\(line)") }
  }
}

/// What a frozen version promised.
struct FrozenVectorTests {
  /// Every version from 1.0 on; a version that is frozen is added here and stays.
  static let versions = ["1.0"]

  @Test(arguments: versions)
  func itsVectorsAreAsTheyWere(version: String) throws {
    let files = try FrozenFile.files(ofVersion: version)
    #expect(files.count { $0.path.hasSuffix(".nnk") } >= 40)
    for file in files {
      let data = try bytes(ofVector: file.path)
      #expect(data.count == file.size, "\(file.path)")
      #expect(FrozenFile.fingerprint(data) == file.fingerprint, "\(file.path)")
    }
  }

  @Test(arguments: versions)
  func theyAreReadAsTheyWere(version: String) throws {
    for file in try FrozenFile.files(ofVersion: version) where file.path.hasSuffix(".nnk") {
      let expected: Content = try decoded(file.path.replacing(".nnk", with: ".json"))
      #expect(try Content(ofFile: try bytes(ofVector: file.path)) == expected, "\(file.path)")
    }
  }

  @Test func aFileWhoseChecksumsAreAllRightAgainAfterAChangeHasAnotherFingerprint() throws {
    #expect(FrozenFile.fingerprint([]) == 0xCBF2_9CE4_8422_2325)
    #expect(FrozenFile.fingerprint(Array("a".utf8)) == 0xAF63_DC4C_8601_EC8C)
    let files = try [1, 2].map { value in
      try Model(topology: nil, tensors: [try Tensor(name: "w", shape: [], values: [Float(value)])]).encoded()
    }
    #expect(files[0].count == files[1].count)
    #expect(FrozenFile.fingerprint(files[0]) != FrozenFile.fingerprint(files[1]))
  }

  @Test func theVersionThatTheLibraryWritesIsAmongThem() {
    #expect(FrozenVectorTests.versions.contains(FormatVersion.current.description))
  }
}
