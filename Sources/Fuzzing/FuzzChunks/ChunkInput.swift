import BinaryIO
import FuzzingSupport
import Threads

@testable import ModelFormat

/// A payload, and the tensor whose only chunk it is said to be.
struct ChunkInput {
  private let type: DataType
  private let byteCount: Int
  private let compression: Compression
  private let payload: [UInt8]
  private let pool = BufferPool()

  /// Nil for bytes that are too few.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 3 else { return nil }
    type = DataType.allCases[Int(bytes[0]) % DataType.allCases.count]
    let number = Int(integer(bytes, at: 1, UInt16.self))
    byteCount = (1 + number % 1024) * type.byteCount
    compression = Compression.allCases[(number >> 10) % Compression.allCases.count]
    payload = Array(bytes[3...])
  }

  func examine() {
    if let values = decoded(payload) { examineCoding(values) }
    // No mutation makes a zlib stream: here what stands for a plane is its content.
    if let values = decoded(withDeflatedPlanes) { examineCoding(values) }
    let count = payload.count / type.byteCount * type.byteCount
    if count > 0 { examineCoding(Array(payload[..<count])) }
  }

  private func decoded(_ payload: [UInt8]) -> [UInt8]? {
    var values = [UInt8](repeating: 0xA5, count: byteCount)
    let isValid = payload.withUnsafeBytes { input in
      values.withUnsafeMutableBytes { output in (try? TensorChunk.decode(input, type, into: output, pool: pool)) != nil
      }
    }
    return isValid ? values : nil
  }

  /// A coding gives the values back, and is never larger than the values and a byte.
  private func examineCoding(_ values: [UInt8]) {
    requireNoError("a chunk that was encoded as \(compression)") { () throws(ModelFormatError) in
      let encoded = try values.withBytes { (bytes) throws(ModelFormatError) in
        try EncodedChunk(bytes, type, compression, pool).withPayload { Array($0) }
      }
      require(encoded.count <= 1 + values.count, "\(encoded.count) bytes for \(values.count)")
      var again = [UInt8](repeating: 0xA5, count: values.count)
      try encoded.withBytes { (input) throws(ModelFormatError) in
        try again.withMutableBytes { (output) throws(ModelFormatError) in
          try TensorChunk.decode(input, type, into: output, pool: pool)
        }
      }
      require(again == values, "values changed by \(compression)")
    }
  }

  /// The payload with each plane that is said to be a zlib stream replaced by the stream of what is there.
  private var withDeflatedPlanes: [UInt8] {
    let headers = 1 + 5 * type.byteCount
    guard payload.count >= headers else { return payload }
    var writer = ByteWriter()
    var (planes, position) = ([UInt8](), headers)
    writer.write(payload[..<1])
    for plane in 0..<type.byteCount {
      let method = payload[1 + 5 * plane] % 4
      let length = Int(integer(payload, at: 2 + 5 * plane, UInt32.self) % 4097)
      let content = Array(payload[position..<min(position + length, payload.count)])
      position += content.count
      let stored = method == PlaneMethod.zlib.rawValue ? deflated(content, plane) : content
      writer.write([method])
      writer.writeLittleEndian(UInt32(stored.count))
      planes += stored
    }
    writer.write(planes)
    return writer.bytes
  }

  private func deflated(_ content: [UInt8], _ plane: Int) -> [UInt8] {
    let strategies: [Zlib.Strategy] = [.matching(level: 6), .huffmanOnly, .runLength, .matching(level: 0)]
    return requireNoError("zlib") { () throws(CompressionError) in
      try content.withBytes { (bytes) throws(CompressionError) in
        try Zlib.compress(bytes, strategy: strategies[plane % strategies.count])
      }
    }
  }
}
