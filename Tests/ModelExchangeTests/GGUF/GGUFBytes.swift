import BinaryIO
import ModelFormat
import Testing

@testable import ModelExchange

/// GGUF files written by hand, right or wrong.
struct GGUFBytes {
  /// A tensor as the file lists it, innermost dimension first.
  struct Listed {
    var name = "t"
    var dimensions: [UInt64] = [4]
    /// Where it differs from the number of dimensions.
    var rank: UInt32?
    var type: UInt32 = 0
    var offset: UInt64 = 0
  }

  var signature = Array("GGUF".utf8)
  var version: UInt32 = 3
  var tensorCount: UInt64?
  var metadataCount: UInt64?
  /// Names, types and values, each already encoded.
  var metadata: [[UInt8]] = []
  var tensors: [Listed] = []
  var alignment = 32
  var values: [UInt8] = []

  /// A name, a type and a value.
  static func metadata(_ name: String, _ kind: UInt32, _ value: [UInt8]) -> [UInt8] {
    string(name) + little(kind) + value
  }

  static func string(_ text: String) -> [UInt8] { string(Array(text.utf8)) }
  static func string(_ bytes: [UInt8]) -> [UInt8] { little(UInt64(bytes.count)) + bytes }

  static func little<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
    var writer = ByteWriter()
    writer.writeLittleEndian(value)
    return writer.bytes
  }

  /// All but the values, without the zeros before them.
  var header: [UInt8] {
    var bytes = signature + GGUFBytes.little(version)
    bytes += GGUFBytes.little(tensorCount ?? UInt64(tensors.count))
    bytes += GGUFBytes.little(metadataCount ?? UInt64(metadata.count))
    for entry in metadata { bytes += entry }
    for tensor in tensors {
      bytes += GGUFBytes.string(tensor.name) + GGUFBytes.little(tensor.rank ?? UInt32(tensor.dimensions.count))
      for dimension in tensor.dimensions { bytes += GGUFBytes.little(dimension) }
      bytes += GGUFBytes.little(tensor.type) + GGUFBytes.little(tensor.offset)
    }
    return bytes
  }

  var bytes: [UInt8] {
    let header = header
    return header + [UInt8](repeating: 0, count: (alignment - header.count % alignment) % alignment) + values
  }

  /// One tensor of four 32-bit numbers.
  static let small = GGUFBytes(tensors: [Listed()], values: [UInt8](repeating: 0, count: 32))
}

/// What `gguf_files.py` recorded.
struct GGUFOracle: Decodable {
  struct Size: Decodable {
    let name: String
    let number: UInt32
    let elements: Int
    let bytes: Int
  }

  struct Blocks: Decodable {
    let number: UInt32
    let blocks: String
    let numbers: String
  }

  struct Listed: Decodable {
    let name: String
    let shape: [Int]
    let type: String
    let offset: Int
    let values: String
  }

  struct File: Decodable {
    let file: String
    let tensors: [Listed]
  }

  let sizes: [Size]
  let blocks: [String: Blocks]
  let files: [String: File]
  let bigEndian: String
}
