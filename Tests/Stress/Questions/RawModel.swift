import BinaryIO
import ModelFormat

/// An `.nnk` file put together section by section, with what the writer of models would not write.
struct RawModel {
  private var body = ByteWriter()
  private var sections: [StructuredValue] = []
  private var tensors: [StructuredValue] = []

  init() {
    let signature: [UInt8] = [0x89, 0x4E, 0x4E, 0x4B, 0x0D, 0x0A, 0x1A, 0x0A, 1, 0, 0, 0]
    body.write(signature)
    body.writeLittleEndian(CRC32.checksum(signature))
  }

  mutating func add(_ type: String, payload: [UInt8]) {
    let checksum = CRC32.checksum(payload)
    var frame = ByteWriter()
    frame.write(type.utf8)
    frame.writeLittleEndian(UInt64(payload.count))
    body.write(frame.bytes)
    body.writeLittleEndian(CRC32.checksum(frame.bytes))
    body.write(payload)
    body.writeLittleEndian(checksum)
    sections.append(.array([.string(type), .integer(payload.count), .integer(Int(checksum))]))
  }

  /// A section that holds a value, given as it is encoded.
  mutating func add(_ type: String, encoded value: [UInt8]) throws {
    add(type, payload: try RawModel.payload(value))
  }

  /// A tensor of the same chunk over and over.
  mutating func addTensor(_ name: String, _ type: DataType, shape: [Int], chunkSize: Int, chunk: [UInt8]) {
    tensors.append(
      .object([
        "name": .string(name), "type": .string(type.rawValue), "shape": .array(shape.map { .integer($0) }),
        "chunk_size": .integer(chunkSize),
      ]))
    let size = shape.reduce(type.byteCount, *)
    for _ in 0..<(size + chunkSize - 1) / chunkSize { add("CHNK", payload: chunk) }
  }

  /// A chunk of planes that hold one byte each, however many elements there are.
  static func constantPlanes(_ type: DataType) -> [UInt8] {
    let header: [UInt8] = [2, 1, 0, 0, 0]
    let headers = (0..<type.byteCount).flatMap { _ in header }
    return [1] + headers + [UInt8](repeating: 0, count: type.byteCount)
  }

  private static func payload(_ value: [UInt8]) throws -> [UInt8] {
    var payload = ByteWriter()
    payload.writeLittleEndian(UInt64(value.count))
    payload.write(
      try value.withUnsafeBytes { try Zlib.compress($0, strategy: .matching(level: 6)) })
    return payload.bytes
  }

  /// The whole file.
  func bytes() throws -> [UInt8] {
    let index: StructuredValue = .object(["sections": .array(sections), "tensors": .array(tensors)])
    var file = self
    try file.add("INDX", encoded: index.encoded())
    var trailer = ByteWriter()
    trailer.writeLittleEndian(UInt64(body.bytes.count))
    trailer.writeLittleEndian(UInt64(file.body.bytes.count + 24))
    let checksum = CRC32.checksum(trailer.bytes)
    trailer.writeLittleEndian(checksum)
    trailer.write([0x4B, 0x4E, 0x4E, 0x89])
    return file.body.bytes + trailer.bytes
  }
}
