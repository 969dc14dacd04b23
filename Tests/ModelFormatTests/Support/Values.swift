import TestSupport
import Threads

@testable import ModelFormat

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Values of different nature, as the bytes of tensors.
enum Values {
  /// Any bits; fast enough for megabytes.
  static func noise(_ count: Int, _ random: inout SplitMix64) -> [UInt8] {
    var words = [UInt64](repeating: 0, count: count / 8 + 1)
    for index in words.indices { words[index] = random.next() }
    return words.withUnsafeBytes { Array($0[..<count]) }
  }

  /// Normally distributed numbers (Box and Muller 1958), as weights of a network are before and after training.
  static func gaussian(_ count: Int, deviation: Double, _ random: inout SplitMix64) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(count + 1)
    while values.count < count {
      let radius = deviation * sqrt(-2 * log(Double.random(in: 0x1p-53...1, using: &random)))
      let angle = 2 * Double.pi * Double.random(in: 0..<1, using: &random)
      values.append(radius * cos(angle))
      values.append(radius * sin(angle))
    }
    return Array(values[..<count])
  }

  static func bytes<T: FixedWidthInteger>(_ values: [T]) -> [UInt8] {
    values.map(\.littleEndian).withUnsafeBytes { Array($0) }
  }
}

extension TensorChunk {
  /// The chunk of some bytes.
  static func encoded(_ bytes: [UInt8], _ type: DataType, _ compression: Compression) throws -> [UInt8] {
    try bytes.withUnsafeBytes { values in
      try EncodedChunk(values, type, compression, BufferPool()).withPayload { Array($0) }
    }
  }

  /// The bytes of a chunk; they come into memory that is not zero.
  static func decoded(_ payload: [UInt8], _ type: DataType, count: Int) throws -> [UInt8] {
    var output = [UInt8](repeating: 0xA5, count: count)
    try payload.withUnsafeBytes { source in
      try output.withUnsafeMutableBytes { try decode(source, type, into: $0, pool: BufferPool()) }
    }
    return output
  }

  /// Method and length of each plane of a chunk.
  static func headers(_ payload: [UInt8], _ type: DataType) -> [(method: UInt8, length: Int)] {
    guard payload[0] != 0 else { return [] }
    return (0..<type.byteCount).map { plane in
      let header = payload[(1 + 5 * plane)...]
      return (
        header[header.startIndex],
        header.dropFirst().prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      )
    }
  }
}
