import BinaryIO
import Testing

@testable import ModelFormat

@Suite("Chunks of tensors")
struct ChunkTests {
  private func error(_ chunk: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) throws -> ModelFormatError {
    var file = CraftedFile()
    file.addTensor("weights", "u8", [8], chunk: chunk)
    let error = try readingError(file, sourceLocation: sourceLocation)
    #expect(error.section == "CHNK", sourceLocation: sourceLocation)
    #expect(error.tensor == "weights", sourceLocation: sourceLocation)
    #expect(error.offset == 16, sourceLocation: sourceLocation)
    return error
  }

  @Test("An empty chunk lacks its coding byte")
  func empty() throws {
    #expect(try error([]).code == .truncated)
  }

  @Test("An unknown coding is refused by number", arguments: [2, 3, 128, 255] as [UInt8])
  func unknownCoding(coding: UInt8) throws {
    let error = try error([coding] + Array(1...8))
    #expect(error.code == .damagedStream)
    #expect(error.found == "coding \(coding)")
  }

  @Test("Raw bytes must be as many as the tensor has", arguments: [0, 1, 7, 9, 100])
  func rawSize(count: Int) throws {
    let error = try error([0] + [UInt8](repeating: 1, count: count))
    #expect(error.code == .damagedStream)
    #expect(error.expected == "8 bytes of values")
    #expect(error.found == "\(count)")
  }

  @Test("A stream that inflates to too little, or too much")
  func streamSize() throws {
    let short = try error([1] + zlibStream([1, 2, 3]))
    #expect(short.code == .damagedStream)
    #expect((short.expected, short.found) == ("8 bytes", "3"))
    let none = try error([1] + zlibStream([]))
    #expect((none.expected, none.found) == ("8 bytes", "0"))
    for count in [9, 1000, 1 << 20] {
      let long = try error([1] + zlibStream([UInt8](repeating: 0, count: count)))
      #expect(long.code == .damagedStream)
      #expect((long.expected, long.found) == ("8 bytes", "more"))
    }
  }

  @Test("Bytes behind the stream")
  func trailing() throws {
    let error = try error([1] + zlibStream(Array(1...8)) + [0, 0])
    #expect(error.code == .trailingBytes)
    #expect(error.found == "2 bytes behind the zlib stream")
  }

  @Test("A stream cut short, without its checksum, or with a wrong one")
  func damagedStream() throws {
    let stream = zlibStream(Array(1...8))
    for length in 0..<stream.count { #expect(try error([1] + stream[..<length]).code == .damagedStream) }
    #expect(try error([1] + stream.dropLast() + [stream[stream.count - 1] ^ 1]).code == .damagedStream)
    // A preset dictionary, a gzip member and a bare DEFLATE stream are no streams of this format.
    #expect(try error([1, 0x78, 0x20] + stream.dropFirst(2)).code == .damagedStream)
    #expect(try error([1, 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + stream.dropFirst(2)).code == .damagedStream)
    #expect(try error([1] + stream.dropFirst(2)).code == .damagedStream)
  }

  @Test("A tensor stores no more than its bytes and a byte per chunk")
  func neverMuchLarger() throws {
    var random = SplitMix64(seed: 8)
    for count in [1, 100, TensorChunk.size - 1, TensorChunk.size, TensorChunk.size + 1] {
      let noise = random.bytes(count)
      let chunks = stride(from: 0, to: count, by: TensorChunk.size).map {
        noise[$0..<min($0 + TensorChunk.size, count)]
      }
      for chunk in chunks {
        let payload = try chunk.withUnsafeBytes { try TensorChunk.encoded($0) }
        #expect(payload.count <= chunk.count + 1)
      }
    }
  }

  @Test("Monotonous bytes are compressed, and come back")
  func compresses() throws {
    let zeros = [UInt8](repeating: 0, count: TensorChunk.size)
    let payload = try zeros.withUnsafeBytes { try TensorChunk.encoded($0) }
    #expect(payload.count < 2000)
    #expect(payload[0] == 1)
    var output = [UInt8](repeating: 1, count: zeros.count)
    try payload.withUnsafeBytes { source in
      try output.withUnsafeMutableBytes { try TensorChunk.decode(source, into: $0) }
    }
    #expect(output == zeros)
  }
}
