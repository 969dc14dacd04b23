import BinaryIO
import TestSupport
import Testing

@Suite struct ZlibTests {
  static let strategies: [Zlib.Strategy] = [
    .matching(level: 0), .matching(level: 1), .matching(level: 6), .matching(level: 9), .huffmanOnly,
    .runLength,
  ]

  /// Buffers of different nature: nothing, one byte, constant, text, noise, more than one window.
  static let buffers: [[UInt8]] = {
    var random = SplitMix64(seed: 2)
    return [
      [], [0], [UInt8](repeating: 7, count: 100_000),
      Array(String(repeating: "gradient descent ", count: 500).utf8),
      random.bytes(70_000), random.bytes(33),
    ]
  }()

  private func inflate(_ stream: [UInt8], count: Int) throws -> [UInt8] {
    var output = [UInt8](repeating: 0xAA, count: count)
    try stream.withBytes { (input) throws(CompressionError) in
      try output.withMutableBytes { (buffer) throws(CompressionError) in
        try Zlib.decompress(input, into: buffer)
      }
    }
    return output
  }

  private func deflate(_ bytes: [UInt8], _ strategy: Zlib.Strategy = .matching(level: 6)) throws -> [UInt8] {
    try bytes.withBytes { (buffer) throws(CompressionError) in
      try Zlib.compress(buffer, strategy: strategy)
    }
  }

  @Test(arguments: strategies, buffers) func whatIsCompressedIsDecompressedAgain(
    strategy: Zlib.Strategy, bytes: [UInt8]
  ) throws {
    #expect(try inflate(deflate(bytes, strategy), count: bytes.count) == bytes)
  }

  @Test(.enabled(if: Python.isAvailable), arguments: strategies)
  func pythonReadsWhatWeWrite(strategy: Zlib.Strategy) throws {
    let folder = try TemporaryFolder()
    for (index, bytes) in ZlibTests.buffers.enumerated() {
      try folder.write(bytes, to: "\(index).raw")
      try folder.write(deflate(bytes, strategy), to: "\(index).zlib")
    }
    let script = """
      import zlib
      for i in range(\(ZlibTests.buffers.count)):
          stream = zlib.decompressobj()
          inflated = stream.decompress(open(f"{i}.zlib", "rb").read())
          assert stream.eof and not stream.unused_data, i
          assert inflated == open(f"{i}.raw", "rb").read(), i
      print("same")
      """
    #expect(try Python.run(script, in: folder) == "same\n")
  }

  @Test func aStreamFromPythonIsRead() throws {
    // python3 -c "import zlib; print(list(zlib.compress(b'nnkit nnkit nnkit', 9)))"
    let stream: [UInt8] = [
      120, 218, 203, 203, 203, 206, 44, 81, 200, 67, 144, 0, 60, 8, 6, 173,
    ]
    #expect(try inflate(stream, count: 17) == Array("nnkit nnkit nnkit".utf8))
  }

  @Test(arguments: strategies) func everyTruncationIsRefused(strategy: Zlib.Strategy) throws {
    let bytes = Array("mini-batch mini-batch mini-batch logits".utf8)
    let stream = try deflate(bytes, strategy)
    for length in 0..<stream.count {
      #expect(throws: CompressionError.truncated, "length \(length)") {
        try inflate(Array(stream[..<length]), count: bytes.count)
      }
    }
  }

  @Test(arguments: strategies) func everyWrongSizeIsRefused(strategy: Zlib.Strategy) throws {
    let bytes = Array("mini-batch mini-batch mini-batch logits".utf8)
    let stream = try deflate(bytes, strategy)
    for size in 0..<bytes.count {
      // One byte too many is looked for, not more.
      #expect(throws: CompressionError.wrongSize(expected: size, found: size + 1), "size \(size)") {
        try inflate(stream, count: size)
      }
    }
    for size in [bytes.count + 1, bytes.count + 5000] {
      #expect(throws: CompressionError.wrongSize(expected: size, found: bytes.count), "size \(size)") {
        try inflate(stream, count: size)
      }
    }
  }

  @Test func anEmptyStreamHasExactlyTheSizeZero() throws {
    let stream = try deflate([])
    #expect(try inflate(stream, count: 0) == [])
    #expect(throws: CompressionError.wrongSize(expected: 1, found: 0)) { try inflate(stream, count: 1) }
    #expect(throws: CompressionError.truncated) { try inflate([], count: 0) }
  }

  @Test func trailingBytesAreCounted() throws {
    let stream = try deflate([1, 2, 3])
    #expect(throws: CompressionError.trailingBytes(1)) { try inflate(stream + [0], count: 3) }
    #expect(throws: CompressionError.trailingBytes(stream.count)) { try inflate(stream + stream, count: 3) }
  }

  @Test func damageIsFound() throws {
    let bytes = Array("momentum momentum momentum".utf8)
    let stream = try deflate(bytes)
    // The last four bytes are the Adler-32 of the content; the first two are the header with its check.
    for index in [0, 1] + (stream.count - 4..<stream.count) {
      var damaged = stream
      damaged[index] ^= 0x10
      let error = #expect(throws: CompressionError.self) { try inflate(damaged, count: bytes.count) }
      guard case .damaged = error else {
        Issue.record("byte \(index): \(String(describing: error))")
        continue
      }
    }
  }

  @Test func noStreamExpandsBeyondTheCeiling() throws {
    let bytes = [UInt8](repeating: 0, count: 1 << 22)
    let stream = try deflate(bytes, .matching(level: 9))
    #expect(bytes.count <= stream.count * Zlib.maximumExpansion)
    // The ceiling is not far off: this is the stream that comes closest.
    #expect(bytes.count > stream.count * 1000)
  }
}
