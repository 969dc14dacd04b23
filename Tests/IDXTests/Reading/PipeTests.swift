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

/// Named pipes and standard input, which have no size.
@Suite(.serialized) struct PipeTests {
  /// Runs `body` with the path of a pipe into which `bytes` are written.
  private func withPipe(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let folder = try TemporaryFolder()
    let source = try folder.write(bytes, to: "source")
    let pipe = folder.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let writer = popen("cat '\(source)' > '\(pipe)' 2>/dev/null", "r")
    defer { if let writer { pclose(writer) } }
    try body(pipe)
  }

  @Test func aPipeIsReadPlainAndCompressed() throws {
    var random = SplitMix64(seed: 5)
    // More than a pipe's buffer, so that reads come short.
    let pixels = random.bytes(300_000)
    let bytes = idxBytes(type: 8, dimensions: [300, 1000], data: pixels)
    for stored in [bytes, try gzip(bytes)] {
      try withPipe(stored) { path in
        var reader = try IDXReader(path: path)
        #expect(reader.header.dimensions == [300, 1000])
        var all: [UInt8] = []
        while let piece = try reader.readItems(maximumCount: 7) { all += piece.bytes }
        #expect(all == pixels)
      }
      try withPipe(stored) { path in
        let whole = try IDXArray(contentsOf: path)
        #expect(whole.bytes == pixels)
      }
    }
  }

  @Test func aPipeThatEndsEarlyIsRefused() throws {
    try withPipe(idxBytes(type: 8, dimensions: [.max >> 1, .max >> 1], data: [1, 2, 3])) { path in
      expectError(
        .truncatedData, path: path, offset: 15,
        expected: "4611686014132420621 bytes (2147483647 × 2147483647 uint8)", found: "15 bytes"
      ) { _ = try IDXArray(contentsOf: path) }
    }
  }

  @Test func aPipeThatGoesOnIsRefused() throws {
    try withPipe(idxBytes(type: 8, dimensions: [2], data: [1, 2, 3, 4])) { path in
      expectError(
        .trailingBytes, path: path, offset: 10, expected: "the end of the file after 10 bytes (2 uint8)",
        found: "at least 1 more byte"
      ) { _ = try IDXArray(contentsOf: path) }
    }
  }

  @Test func standardInputIsReadFromWhereItStands() throws {
    let folder = try TemporaryFolder()
    let kept = dup(STDIN_FILENO)
    defer {
      if kept >= 0 {
        _ = dup2(kept, STDIN_FILENO)
        _ = close(kept)
      }
    }
    let bytes = idxBytes(type: 8, dimensions: [3], data: [7, 8, 9])
    func offer(_ stored: [UInt8], skipping skipped: Int) throws {
      let descriptor = open(try folder.write(stored, to: "a"), O_RDONLY)
      #expect(lseek(descriptor, off_t(skipped), SEEK_SET) == off_t(skipped))
      #expect(dup2(descriptor, STDIN_FILENO) == STDIN_FILENO)
      _ = close(descriptor)
    }
    for (skipped, stored) in [(0, bytes), (5, [1, 2, 3, 4, 5] + bytes), (0, try gzip(bytes))] {
      try offer(stored, skipping: skipped)
      #expect(try IDXArray(contentsOf: "-").bytes == [7, 8, 9])
    }
    // What is left is compared with the header before anything is read.
    try offer([1, 2, 3, 4, 5] + bytes.dropLast(), skipping: 5)
    expectError(.truncatedData, path: "-", offset: 10, expected: "11 bytes (3 uint8)", found: "10 bytes") {
      _ = try IDXReader(path: "-")
    }
    try offer([1, 2] + bytes + [0], skipping: 2)
    expectError(
      .trailingBytes, path: "-", offset: 11, expected: "the end of the file after 11 bytes (3 uint8)",
      found: "1 more byte"
    ) { _ = try IDXReader(path: "-") }
  }
}
