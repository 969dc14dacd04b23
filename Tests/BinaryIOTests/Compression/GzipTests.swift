import BinaryIO
import TestSupport
import Testing

@Suite struct GzipTests {
  /// Inflates a file in reads of `pieceSize` bytes.
  private func inflate(_ path: String, pieceSize: Int) throws -> [UInt8] {
    let input = try FileInput(path: path)
    var reader = try GzipReader(input, prefix: [])
    var result: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: pieceSize)
    while true {
      let count = try piece.withMutableBytes { (buffer) throws(GzipReader.Failure) in
        try reader.read(into: buffer)
      }
      result += piece[..<count]
      if count < pieceSize { return result }
    }
  }

  private func deflate(_ bytes: [UInt8], pieceSize: Int, level: Int32 = 6) throws -> [UInt8] {
    var writer = try GzipWriter(level: level)
    var sink = MemorySink()
    for start in stride(from: 0, to: bytes.count, by: pieceSize) {
      let piece = Array(bytes[start..<min(start + pieceSize, bytes.count)])
      try piece.withBytes { (buffer) throws(GzipReader.Failure) in
        try writer.write(buffer) { (ready) throws(FileError) in try sink.write(ready) }
      }
    }
    try writer.finish { (ready) throws(FileError) in try sink.write(ready) }
    return sink.bytes
  }

  @Test(arguments: ZlibTests.buffers, [1, 1000, 1 << 20])
  func whatIsCompressedIsDecompressedAgain(bytes: [UInt8], pieceSize: Int) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(deflate(bytes, pieceSize: max(pieceSize, 100)), to: "a.gz")
    #expect(try inflate(path, pieceSize: pieceSize) == bytes)
  }

  @Test(.enabled(if: Python.isAvailable), arguments: [0, 1, 6, 9] as [Int32])
  func pythonReadsWhatWeWrite(level: Int32) throws {
    let folder = try TemporaryFolder()
    for (index, bytes) in ZlibTests.buffers.enumerated() {
      try folder.write(bytes, to: "\(index).raw")
      try folder.write(deflate(bytes, pieceSize: 5000, level: level), to: "\(index).gz")
    }
    let script = """
      import gzip
      for i in range(\(ZlibTests.buffers.count)):
          assert gzip.open(f"{i}.gz").read() == open(f"{i}.raw", "rb").read(), i
      print("same")
      """
    #expect(try Python.run(script, in: folder) == "same\n")
  }

  @Test func theHeaderHoldsNeitherNameNorTime() throws {
    let stream = try deflate([1, 2, 3], pieceSize: 10)
    #expect(stream.prefix(8) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
    #expect(try deflate([1, 2, 3], pieceSize: 1) == stream)
  }

  @Test func membersFollowOneAnother() throws {
    let folder = try TemporaryFolder()
    let parts: [[UInt8]] = [[1, 2], [], [3], [UInt8](repeating: 4, count: 100_000), []]
    let stream = try parts.flatMap { try deflate($0, pieceSize: 4096) }
    let path = try folder.write(stream, to: "a.gz")
    for pieceSize in [1, 3, 4096, 1 << 20] {
      #expect(try inflate(path, pieceSize: pieceSize) == Array(parts.joined()))
    }
  }

  @Test func bytesReadBeforehandAreHandedOver() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(deflate([5, 6, 7], pieceSize: 3), to: "a.gz")
    let input = try FileInput(path: path)
    var prefix = [UInt8](repeating: 0, count: 2)
    let count = try prefix.withMutableBytes { (buffer) throws(FileError) in try input.read(into: buffer) }
    #expect(count == 2 && prefix == GzipReader.magic)
    var reader = try GzipReader(input, prefix: prefix)
    var output = [UInt8](repeating: 0, count: 10)
    let inflated = try output.withMutableBytes { (buffer) throws(GzipReader.Failure) in
      try reader.read(into: buffer)
    }
    #expect(output[..<inflated] == [5, 6, 7])
  }

  @Test func everyTruncationIsRefused() throws {
    let folder = try TemporaryFolder()
    let stream = try deflate(Array("nesterov nesterov adagrad".utf8), pieceSize: 100)
    for length in 0..<stream.count {
      let path = try folder.write(Array(stream[..<length]), to: "cut.gz")
      #expect(throws: GzipReader.Failure.stream(.truncated), "length \(length)") {
        try inflate(path, pieceSize: 64)
      }
    }
  }

  @Test func whateverFollowsTheLastMemberMustBeAMember() throws {
    let folder = try TemporaryFolder()
    let stream = try deflate([1, 2, 3], pieceSize: 3)
    let damaged = try folder.write(stream + [0, 0, 0, 0], to: "zeros.gz")
    #expect(throws: GzipReader.Failure.stream(.damaged("incorrect header check"))) {
      try inflate(damaged, pieceSize: 64)
    }
    let cut = try folder.write(stream + [0x1F], to: "cut.gz")
    #expect(throws: GzipReader.Failure.stream(.truncated)) { try inflate(cut, pieceSize: 64) }
  }

  @Test func aFailingSinkStopsTheWriter() throws {
    var random = SplitMix64(seed: 3)
    let noise = random.bytes(1 << 18)
    let full = FileError(operation: .write, path: "x", reason: .noSpace)
    var writer = try GzipWriter()
    #expect(throws: GzipReader.Failure.file(full)) {
      try noise.withBytes { (buffer) throws(GzipReader.Failure) in
        try writer.write(buffer) { (_) throws(FileError) in throw full }
      }
    }
  }
}
