import BinaryIO
import TestSupport
import Testing
import Threads

@testable import ModelFormat

/// Chunks of constant planes are known by their one element, and not decoded where that is enough.
struct ConstantChunkTests {
  private func element(_ type: DataType, _ random: inout SplitMix64) -> RepeatedElement {
    let bits = type == .boolean ? random.next() & 1 : random.next() >> UInt64(64 - 8 * type.byteCount)
    return RepeatedElement(bits: bits, byteCount: type.byteCount)
  }

  private func bytes(_ element: RepeatedElement, count: Int) -> [UInt8] {
    (0..<count).flatMap { _ in
      (0..<element.byteCount).map { UInt8(truncatingIfNeeded: element.bits >> UInt64(8 * $0)) }
    }
  }

  @Test(arguments: DataType.allCases)
  func anElementIsEncodedAsItsRepetitionsAre(type: DataType) throws {
    var random = SplitMix64(seed: 1)
    for count in [1, 2, 3, 6, 7, 8, 100, 5000] {
      for compression in Compression.allCases {
        let element = element(type, &random)
        let values = bytes(element, count: count)
        let expected = try TensorChunk.encoded(values, type, compression)
        let chunk = EncodedChunk(element, byteCount: values.count, type, compression, BufferPool())
        if let chunk {
          #expect(chunk.withPayload { Array($0) } == expected)
          #expect(chunk.checksum == CRC32.checksum(expected))
        }
        // Raw chunks are the shorter ones for few elements.
        #expect((chunk != nil) == (expected[0] != 0))
        let found = expected.withUnsafeBytes { TensorChunk.repeatedElement($0, type) }
        #expect(found == (chunk == nil ? nil : element))
        #expect(try TensorChunk.decoded(expected, type, count: values.count) == values)
      }
    }
  }

  @Test func repetitionsFillMemoryFromAnyPlaceOn() {
    var random = SplitMix64(seed: 2)
    for type in DataType.allCases {
      let element = element(type, &random)
      let all = bytes(element, count: 40)
      for offset in 0..<20 {
        for count in 0..<20 {
          var found = [UInt8](repeating: 0xA5, count: count)
          found.withUnsafeMutableBytes { element.fill($0, from: offset) }
          #expect(found == Array((all + all)[offset..<offset + count]))
        }
      }
    }
  }

  @Test func whatIsNoSoundConstantChunkRepeatsNothing() {
    let sound = planes(2, [(2, [1]), (2, [2]), (2, [3]), (2, [4])])
    func element(_ payload: [UInt8], _ type: DataType = .float32) -> RepeatedElement? {
      payload.withUnsafeBytes { TensorChunk.repeatedElement($0, type) }
    }
    #expect(element(sound)?.bits == 0x0102_0304 >> 1)
    #expect(element(sound, .int32) == nil)
    #expect(element(sound, .float64) == nil)
    #expect(element(sound + [0]) == nil)
    #expect(element(sound.dropLast()) == nil)
    #expect(element([]) == nil)
    #expect(element([UInt8](repeating: 0, count: 25)) == nil)
    #expect(element(planes(2, [(2, [1]), (0, [2]), (2, [3]), (2, [4])])) == nil)
    #expect(element(planes(2, [(2, [1]), (2, [2]), (2, [3]), (2, [4])], lengths: [1: 2, 2: 0])) == nil)
  }

  /// 512 tensors of 8 MiB in a file of 50 kB, each of one chunk.
  private func hostileFile() -> CraftedFile {
    var file = CraftedFile()
    for number in 0..<512 {
      let bytes = (0..<4).map { UInt8(truncatingIfNeeded: number >> (3 * $0)) }
      file.addTensor(
        "t\(number)", "f32", [1 << 21], chunkSize: 1 << 23, chunk: planes(2, bytes.map { (2, [$0]) }))
    }
    return file
  }

  @Test func aFileOf512TimesEightMegabytesIsVerifiedAndRewrittenWithoutDecodingAChunk() throws {
    let reader = try ModelReader(bytes: hostileFile().bytes)
    let source = UndecodedSource(file: reader)
    #expect(source.errors().isEmpty)
    let written = try ModelReader(bytes: source.encoded())
    #expect(written.sections.count == 512 * 8)
    for place in [0, 300, 511] {
      let (old, new) = (try reader.values(at: place), try written.values(at: place))
      #expect(new.runs(in: 0..<1 << 23) == old.runs(in: 0..<1 << 23))
      #expect(new.runs(in: 0..<1 << 23).count == 1)
    }
  }

  @Test func aDamagedConstantChunkIsStillAnError() throws {
    var bytes = hostileFile().bytes
    // In the payload of the chunk of the first tensor.
    bytes[16 + 16 + 23] ^= 1
    let errors = try ModelReader(bytes: bytes).errors()
    #expect(errors.map(\.code) == [.checksumMismatch])
    #expect(errors.first?.tensor == "t0")
  }

  @Test func aConstantBooleanThatIsNeither0Nor1IsStillAnError() throws {
    var file = CraftedFile()
    file.addTensor("b", "bool", [300], chunkSize: 100, chunk: planes(1, [(2, [1])]))
    file.sections += [CraftedFile.Section("CHNK", planes(1, [(2, [0])])), .init("CHNK", planes(1, [(2, [2])]))]
    let error = try readingError(file)
    #expect(error.code == .invalidTensor)
    #expect(error.found == "2 for element 200")
    #expect(try ModelReader(bytes: file.bytes).errors() == [error])
    #expect(throws: error) { try ModelReader(bytes: file.bytes).encoded() }
  }

  /// The size that a file gives its chunks may be far beyond all values.
  @Test func chunksThatCouldHoldAlmostAllMemory() throws {
    var file = CraftedFile()
    file.addTensor("w", "u8", [100], chunkSize: .max, chunk: planes(1, [(2, [7])]))
    let reader = try ModelReader(bytes: file.bytes)
    #expect(reader.errors().isEmpty)
    #expect(try decoded(reader.encoded()).tensors.first?.bytes == [UInt8](repeating: 7, count: 100))
  }
}

/// A file whose values may not be decoded.
private struct UndecodedSource: ModelSource {
  let file: ModelReader

  var name: String { file.name }
  var contents: ModelContents { file.contents }

  func values(at place: Int) throws(ModelFormatError) -> any TensorValues {
    UndecodedValues(values: try file.values(at: place))
  }
}

private struct UndecodedValues: TensorValues {
  let values: any TensorValues

  var byteCount: Int { values.byteCount }
  var pieceSize: Int { values.pieceSize }

  func repeatedElement(ofPiece index: Int) -> RepeatedElement? { values.repeatedElement(ofPiece: index) }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    throw ModelFormatError(.file, expected: "no reading", found: "\(buffer.count) bytes from \(offset) on")
  }
}
