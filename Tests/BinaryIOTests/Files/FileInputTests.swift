import BinaryIO
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite struct FileInputTests {
  private func read(_ count: Int, from input: FileInput) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let got = try bytes.withMutableBytes { (buffer) throws(FileError) in try input.read(into: buffer) }
    return Array(bytes[..<got])
  }

  private func read(_ count: Int, at offset: Int, from input: FileInput) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let got = try bytes.withMutableBytes { (buffer) throws(FileError) in
      try input.read(at: offset, into: buffer)
    }
    return Array(bytes[..<got])
  }

  @Test func readsFrontToBackAndAnywhere() throws {
    let folder = try TemporaryFolder()
    let input = try FileInput(path: folder.write([0, 1, 2, 3, 4, 5], to: "a"))
    #expect(input.size == 6)
    #expect(try read(2, from: input) == [0, 1])
    #expect(try read(2, at: 4, from: input) == [4, 5])
    #expect(try read(9, at: 3, from: input) == [3, 4, 5])
    #expect(try read(1, at: 6, from: input) == [])
    // Reads by offset do not move the cursor.
    #expect(try read(9, from: input) == [2, 3, 4, 5])
    #expect(try read(9, from: input) == [])
  }

  @Test func aPipeHasNoSizeAndIsReadToItsEnd() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    // Written in two halves with a pause: a short read must not pass for the end.
    let writer = popen("{ printf 12345; sleep 0.1; printf 67890; } > '\(path)'", "r")
    let input = try FileInput(path: path)
    #expect(input.size == nil)
    #expect(FileSource(input) == nil)
    #expect(try read(100, from: input) == Array("1234567890".utf8))
    if let writer { pclose(writer) }
  }

  @Test func whatCannotBeOpenedIsAnErrorWithItsReason() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write([1], to: "a")
    #expect(throws: FileError(operation: .open, path: file + "x", reason: .notFound)) {
      try FileInput(path: file + "x")
    }
    #expect(throws: FileError(operation: .open, path: file + "/x", reason: .notFound)) {
      try FileInput(path: file + "/x")
    }
    #expect(throws: FileError(operation: .open, path: folder.path, reason: .isDirectory)) {
      try FileInput(path: folder.path)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may read any file"))
  func anUnreadableFileIsReported() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1], to: "a")
    #expect(chmod(path, 0) == 0)
    #expect(throws: FileError(operation: .open, path: path, reason: .permissionDenied)) {
      try FileInput(path: path)
    }
  }

  @Test func allSourcesAnswerAlike() throws {
    let folder = try TemporaryFolder()
    let bytes: [UInt8] = [5, 6, 7, 8]
    let path = try folder.write(bytes, to: "a")
    let file = try #require(try FileSource(FileInput(path: path)))
    let memory = MemorySource(bytes, name: path)
    let sources: [any RandomAccessSource] = [file, memory]
    for source in sources {
      #expect(source.name == path)
      #expect(source.byteCount == 4)
      for (offset, expected) in [(0, [5, 6, 7]), (2, [7, 8]), (4, []), (400, [])] as [(Int, [UInt8])] {
        var buffer = [UInt8](repeating: 0, count: 3)
        let count = try buffer.withMutableBytes { (buffer) throws(FileError) in
          try source.read(at: offset, into: buffer)
        }
        #expect(Array(buffer[..<count]) == expected)
      }
    }
  }

  @Test(arguments: [0, 1, 199_999, 200_000, 200_001, 1_000_000])
  func aPipeIsReadIntoMemoryUpToALimit(maximumCount: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let writer = popen("head -c 199997 /dev/zero 2>/dev/null > '\(path)'", "r")
    let bytes = try FileInput(path: path).readAll(after: [7, 8, 9], maximumCount: maximumCount)
    if let writer { pclose(writer) }
    #expect(bytes == (maximumCount >= 200_000 ? [7, 8, 9] + [UInt8](repeating: 0, count: 199_997) : nil))
  }
}
