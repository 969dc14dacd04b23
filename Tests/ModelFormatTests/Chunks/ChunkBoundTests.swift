import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

/// A file is never much larger than its values.
struct ChunkBoundTests {
  @Test(arguments: DataType.allCases)
  func noiseOfSeveralChunksGrowsByLessThanAThousandth(type: DataType) throws {
    var random = SplitMix64(seed: 12)
    let count = 2_500_000 / type.byteCount
    var bytes = Values.noise(count * type.byteCount, &random)
    if type == .boolean { bytes = bytes.map { $0 & 1 } }
    let tensor = try Tensor(TensorDescription(name: "noise", dataType: type, shape: [count]), bytes: bytes)
    for compression in [Compression.default, .fast, .none] {
      let file = try Model(topology: nil, tensors: [tensor]).encoded(compression: compression)
      #expect(Double(file.count) <= 1.001 * Double(bytes.count), "\(compression): \(file.count)")
    }
  }

  @Test(arguments: DataType.allCases)
  func aChunkIsNeverMoreThanItsValuesAndOneByte(type: DataType) throws {
    var random = SplitMix64(seed: 13)
    for count in (1...40) + [100, 1000, 16_383, 16_385] {
      // From noise to nearly nothing, so that every choice comes close to its border.
      for mask: UInt64 in [.max, 0x7F7F_7F7F_7F7F_7F7F, 0x0F0F_0F0F_0F0F_0F0F, 0x0101_0000_0000_0000] {
        var words = [UInt64](repeating: 0, count: count * type.byteCount / 8 + 1)
        for index in words.indices { words[index] = random.next() & mask }
        let bytes = words.withUnsafeBytes { Array($0[..<(count * type.byteCount)]) }
        for compression in [Compression.default, .fast, .best] {
          let payload = try TensorChunk.encoded(bytes, type, compression)
          #expect(payload.count <= bytes.count + 1)
          let decoded = try TensorChunk.decoded(payload, type, count: bytes.count)
          try #require(decoded == bytes, "\(count) elements, \(compression)")
        }
      }
    }
  }

  @Test func everyStreamInAChunkIsOneThatAnyZlibReadsAndSaysSoItself() throws {
    var random = SplitMix64(seed: 14)
    let tensor = try SampleModels.ramp("w", .float32, count: 5000, &random)
    for compression in [Compression.default, .fast, .best] {
      let payload = try TensorChunk.encoded(tensor.bytes, .float32, compression)
      var position = 1 + 5 * 4
      var streams = 0
      for (method, length) in TensorChunk.headers(payload, .float32) {
        if method == 1 {
          // RFC 1950: method 8, a window of 32 KiB, a header divisible by 31.
          #expect(payload[position] == 0x78)
          #expect((Int(payload[position]) << 8 + Int(payload[position + 1])) % 31 == 0)
          streams += 1
        }
        position += length
      }
      #expect(position == payload.count)
      #expect(streams > 0)
    }
  }
}
