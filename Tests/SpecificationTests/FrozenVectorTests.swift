import BinaryIO
import Foundation
import ModelFormat
import Testing

/// A file of the vectors as a frozen version lists it: CRC-32, size, path.
struct FrozenFile {
  let checksum: UInt32
  let size: Int
  let path: String

  init?(line: Substring) {
    let parts = line.split(separator: " ")
    guard parts.count == 3, let checksum = UInt32(parts[0], radix: 16), let size = Int(parts[1]) else { return nil }
    self.checksum = checksum
    self.size = size
    path = String(parts[2])
  }

  /// The files that were valid when a version was frozen.
  static func files(ofVersion version: String) throws -> [FrozenFile] {
    let list = specificationFolder.appending(path: "frozen").appending(path: "\(version).txt")
    let lines = try String(contentsOf: list, encoding: .utf8).split(separator: "\n")
    return try lines.map { line in try #require(FrozenFile(line: line), "\(line)") }
  }
}

@Suite("What a frozen version promised")
struct FrozenVectorTests {
  /// Every version from 1.0 on; a version that is frozen is added here and stays.
  static let versions = ["1.0"]

  @Test("Its vectors are as they were", arguments: versions)
  func unchanged(version: String) throws {
    let files = try FrozenFile.files(ofVersion: version)
    #expect(files.count { $0.path.hasSuffix(".nnk") } >= 40)
    for file in files {
      let data = try bytes(ofVector: file.path)
      #expect(data.count == file.size, "\(file.path)")
      #expect(CRC32.checksum(data) == file.checksum, "\(file.path)")
    }
  }

  @Test("They are read as they were", arguments: versions)
  func readable(version: String) throws {
    for file in try FrozenFile.files(ofVersion: version) where file.path.hasSuffix(".nnk") {
      let expected: Content = try decoded(file.path.replacing(".nnk", with: ".json"))
      #expect(try Content(ofFile: try bytes(ofVector: file.path)) == expected, "\(file.path)")
    }
  }

  @Test("The version that the library writes is among them")
  func current() {
    #expect(FrozenVectorTests.versions.contains(FormatVersion.current.description))
  }
}
