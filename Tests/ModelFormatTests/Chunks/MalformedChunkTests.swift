import BinaryIO
import Testing

@testable import ModelFormat

/// Malformed chunks are refused, each with its own error.
struct MalformedChunkTests {
  /// The error of a file with one tensor in one chunk.
  private func expectError(
    _ chunk: [UInt8], type: String = "u16", shape: [Int] = [4], _ code: ModelFormatError.Code, _ expected: String,
    _ found: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var file = CraftedFile()
    file.addTensor("weights", type, shape, chunkSize: 1 << 21, chunk: chunk)
    let error = try readingError(file, sourceLocation: sourceLocation)
    #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    #expect(error.expected == expected, sourceLocation: sourceLocation)
    #expect(error.found == found, sourceLocation: sourceLocation)
    #expect(error.section == "CHNK", sourceLocation: sourceLocation)
    #expect(error.tensor == "weights", sourceLocation: sourceLocation)
    #expect(error.offset == 16, sourceLocation: sourceLocation)
    #expect(error.path == "model", sourceLocation: sourceLocation)
  }

  @Test func theSoundChunksThatTheOthersAreMadeFrom() throws {
    let chunks: [[UInt8]] = [
      [0] + Array(1...8), [UInt8](repeating: 0, count: 64) + Array(1...8),
      planes(1, [(0, [2, 4, 6, 8]), (0, [1, 3, 5, 7])]),
      planes(1, [(1, zlibStream([2, 4, 6, 8])), (0, [1, 3, 5, 7])]),
      planes(1, [(1, zlibStream([2, 4, 6, 8])), (1, zlibStream([1, 3, 5, 7]))]),
    ]
    for chunk in chunks {
      var file = CraftedFile()
      file.addTensor("weights", "u16", [4], chunk: chunk)
      #expect(try decoded(file.bytes).tensors[0].bytes == Array(1...8))
    }
    var file = CraftedFile()
    file.addTensor("weights", "u16", [4], chunk: planes(1, [(2, [9]), (2, [7])]))
    #expect(try decoded(file.bytes).tensors[0].bytes == [7, 9, 7, 9, 7, 9, 7, 9])
    // The same bits as floating-point numbers, rotated and not: both may be read.
    for (coding, element) in [(1, [0x00, 0x7F]), (2, [0x80, 0x3F])] as [(UInt8, [UInt8])] {
      file = CraftedFile()
      file.addTensor("weights", "bf16", [2], chunk: planes(coding, [(2, [0x7F]), (2, [0x00])]))
      #expect(try decoded(file.bytes).tensors[0].bytes == element + element)
    }
  }

  @Test func anEmptyChunkLacksItsCodingByte() throws {
    try expectError([], .truncated, "a coding byte", "an empty chunk")
  }

  @Test(arguments: [3, 4, 128, 255] as [UInt8])
  func anUnknownCodingIsRefusedByNumber(coding: UInt8) throws {
    try expectError([coding] + Array(1...8), .damagedStream, "coding 0, 1 or 2", "coding \(coding)")
  }

  @Test(arguments: DataType.allCases.filter { !$0.isFloatingPoint })
  func onlyFloatingPointElementsAreRotated(type: DataType) throws {
    let chunk = planes(2, [(UInt8, [UInt8])](repeating: (2, [1]), count: type.byteCount))
    try expectError(
      chunk, type: type.rawValue, .damagedStream, "coding 0 or 1 for elements of type \(type.rawValue)", "coding 2")
  }

  @Test(arguments: [0, 1, 7, 72, 1000])
  func rawBytesMustBeAsManyAsTheTensorHasAfterAtMost63More(count: Int) throws {
    try expectError(
      [0] + [UInt8](repeating: 0, count: count), .damagedStream, "8 bytes of values after at most 63 of padding",
      "\(count) bytes")
  }

  @Test(arguments: 1...63)
  func paddingThatIsNotZero(count: Int) throws {
    for place in Set([1, count / 2 + 1, count]) {
      var chunk = [UInt8](repeating: 0, count: 1 + count + 8)
      chunk[place] = 1
      try expectError(chunk, .damagedStream, "padding of zero bytes", "other bytes")
    }
  }

  @Test(arguments: [1, 63])
  func paddingThatIsNotZeroInFrontOfMoreValuesThanAreHeldInMemory(place: Int) throws {
    let size = TensorChunk.size + 8
    var chunk = [UInt8](repeating: 0, count: 64 + size)
    try expectError(
      chunk + [0], type: "u8", shape: [size], .damagedStream,
      "\(size) bytes of values after at most 63 of padding", "\(size + 64) bytes")
    chunk[place] = 0x80
    try expectError(chunk, type: "u8", shape: [size], .damagedStream, "padding of zero bytes", "other bytes")
    chunk[place] = 0
    chunk[0] = 3
    try expectError(chunk, type: "u8", shape: [size], .damagedStream, "coding 0, 1 or 2", "coding 3")
  }

  @Test(arguments: DataType.allCases)
  func headersOfPlanesThatAreCutShort(type: DataType) throws {
    for count in 0..<5 * type.byteCount {
      try expectError(
        [1] + [UInt8](repeating: 0, count: count), type: type.rawValue, .truncated,
        "\(1 + 5 * type.byteCount) bytes of plane headers", "\(1 + count) bytes")
    }
  }

  @Test func planesThatAreLongerThanTheChunk() throws {
    let sound: [(UInt8, [UInt8])] = [(0, [2, 4, 6, 8]), (0, [1, 3, 5, 7])]
    try expectError(planes(1, sound, lengths: [0: 9]), .truncated, "9 bytes of plane 0", "8")
    try expectError(planes(1, sound, lengths: [1: 5]), .truncated, "5 bytes of plane 1", "4")
    try expectError(planes(1, sound, lengths: [0: .max]), .truncated, "4294967295 bytes of plane 0", "8")
    try expectError(planes(1, sound, lengths: [1: .max]), .truncated, "4294967295 bytes of plane 1", "4")
  }

  @Test func bytesAfterTheLastPlane() throws {
    let chunk = planes(1, [(0, [2, 4, 6, 8]), (2, [1])])
    try expectError(chunk + [0], .trailingBytes, "the end of the chunk", "1 more bytes")
    try expectError(chunk + Array(1...100), .trailingBytes, "the end of the chunk", "100 more bytes")
  }

  @Test(arguments: [3, 4, 128, 255] as [UInt8])
  func anUnknownMethodIsRefusedByNumber(method: UInt8) throws {
    try expectError(
      planes(1, [(0, [2, 4, 6, 8]), (method, [1, 3, 5, 7])]), .damagedStream, "method 0, 1 or 2 for plane 1",
      "method \(method)")
  }

  @Test(arguments: [0, 1, 3, 5, 100])
  func aStoredPlaneMustHaveABytePerElement(count: Int) throws {
    let plane = [UInt8](repeating: 1, count: count)
    try expectError(planes(1, [(0, plane), (2, [1])]), .damagedStream, "4 bytes of plane 0", "\(count)")
    try expectError(planes(1, [(2, [1]), (0, plane)]), .damagedStream, "4 bytes of plane 1", "\(count)")
  }

  @Test(arguments: [0, 2, 4])
  func aConstantPlaneHasOneByte(count: Int) throws {
    let plane = [UInt8](repeating: 1, count: count)
    try expectError(planes(1, [(2, [1]), (2, plane)]), .damagedStream, "1 bytes of plane 1", "\(count)")
  }

  @Test func aStreamThatInflatesToTooLittleOrTooMuch() throws {
    func chunk(_ plane: [UInt8]) -> [UInt8] { planes(1, [(1, zlibStream(plane)), (0, [1, 3, 5, 7])]) }
    try expectError(chunk([2, 4, 6]), .damagedStream, "4 bytes", "3")
    try expectError(chunk([]), .damagedStream, "4 bytes", "0")
    for count in [5, 1000, 1 << 20] {
      try expectError(chunk([UInt8](repeating: 0, count: count)), .damagedStream, "4 bytes", "more")
    }
  }

  @Test func bytesAfterTheStreamOfAPlane() throws {
    try expectError(
      planes(1, [(0, [2, 4, 6, 8]), (1, zlibStream([1, 3, 5, 7]) + [0, 0])]), .trailingBytes, "the end of the section",
      "2 bytes after the zlib stream")
  }

  /// A stream cut short, without its checksum, or with a wrong one, and what is no such stream.
  @Test func aStreamCutShortWithoutItsChecksum() throws {
    func chunk(_ stream: [UInt8]) -> [UInt8] { planes(1, [(0, [2, 4, 6, 8]), (1, stream)]) }
    let stream = zlibStream([1, 3, 5, 7])
    for length in 0..<stream.count {
      try expectError(
        chunk(Array(stream[..<length])), .damagedStream, "a complete zlib stream", "one that is cut short")
    }
    try expectError(
      chunk(stream.dropLast() + [stream[stream.count - 1] ^ 1]), .damagedStream, "a zlib stream",
      "\"incorrect data check\"")
    // A preset dictionary, a gzip member and a bare DEFLATE stream are no streams of this format.
    try expectError(chunk([0x78, 0x20] + stream[2...]), .damagedStream, "a zlib stream", "\"not a zlib stream\"")
    for other: [UInt8] in [[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], []] {
      try expectError(
        chunk(other + stream[2...]), .damagedStream, "a zlib stream", "\"incorrect header check\"")
    }
  }
}
