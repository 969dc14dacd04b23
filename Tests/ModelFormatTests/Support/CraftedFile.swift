import BinaryIO
import ModelFormat

/// Builds files whose checksums are right and whose content need not be: what damage tests cannot reach.
///
/// It follows the tables of the format by itself and shares no code with the encoder but CRC-32 and zlib.
struct CraftedFile {
  /// A section as it is in the file, and what the index says of it.
  struct Section {
    var type: String
    var payload: [UInt8]
    /// What the index says instead of the truth.
    var listedType: String?
    var listedLength: Int?
    var listedChecksum: UInt32?
    /// What the frame's header says instead of the truth.
    var framedLength: UInt64?

    init(_ type: String, _ payload: [UInt8]) {
      self.type = type
      self.payload = payload
    }
  }

  var version: (major: UInt16, minor: UInt16) = (1, 0)
  var sections: [Section] = []
  var tensors: [ListedTensor] = []
  var stateTensors: [ListedTensor] = []
  /// The whole index instead of the one that fits the sections.
  var indexValue: StructuredValue?
  /// The payload of the index section instead of the one made from the value.
  var indexPayload: [UInt8]?
  var indexType = "INDX"
  /// What the trailer says instead of the truth.
  var indexOffset: UInt64?
  var fileSize: UInt64?

  var bytes: [UInt8] {
    var file = ByteWriter()
    file.write([0x89, 0x4E, 0x4E, 0x4B, 0x0D, 0x0A, 0x1A, 0x0A])
    file.writeLittleEndian(version.major)
    file.writeLittleEndian(version.minor)
    file.writeLittleEndian(CRC32.checksum(file.bytes))
    for section in sections { CraftedFile.append(section, to: &file) }
    let start = file.bytes.count
    let payload = indexPayload ?? crafted(indexValue ?? index)
    CraftedFile.append(Section(indexType, payload), to: &file)
    var trailer = ByteWriter()
    trailer.writeLittleEndian(indexOffset ?? UInt64(start))
    trailer.writeLittleEndian(fileSize ?? UInt64(file.bytes.count + 24))
    trailer.writeLittleEndian(CRC32.checksum(trailer.bytes))
    file.write(trailer.bytes)
    file.write([0x4B, 0x4E, 0x4E, 0x89])
    return file.bytes
  }

  private static func append(_ section: Section, to file: inout ByteWriter) {
    var header = ByteWriter()
    header.write(section.type.utf8)
    header.writeLittleEndian(section.framedLength ?? UInt64(section.payload.count))
    header.writeLittleEndian(CRC32.checksum(header.bytes))
    file.write(header.bytes)
    file.write(section.payload)
    file.writeLittleEndian(CRC32.checksum(section.payload))
  }

  var index: StructuredValue {
    .object([
      "sections": .array(
        sections.map { section in
          .array([
            .string(section.listedType ?? section.type),
            .integer(section.listedLength ?? section.payload.count),
            .integer(Int(section.listedChecksum ?? CRC32.checksum(section.payload))),
          ])
        }),
      "tensors": .array(tensors.map(\.value)),
      "state_tensors": stateTensors.isEmpty ? nil : .array(stateTensors.map(\.value)),
    ])
  }
}

extension CraftedFile {
  /// A file with one tensor, `weights`: eight bytes 1…8 of type u8 in one raw chunk.
  static var small: CraftedFile {
    var file = CraftedFile()
    file.addTensor("weights", "u8", [8], chunk: [0] + Array(1...8))
    return file
  }

  /// What the index says of a tensor.
  struct ListedTensor {
    var name: String
    var type: String
    var shape: [Int]
    var chunkSize: Int

    var value: StructuredValue {
      .object([
        "name": .string(name), "type": .string(type), "shape": .array(shape.map { .integer($0) }),
        "chunk_size": .integer(chunkSize),
      ])
    }
  }

  mutating func addTensor(
    _ name: String, _ type: String, _ shape: [Int], chunkSize: Int = 1 << 20, chunk: [UInt8]? = nil
  ) {
    tensors.append(ListedTensor(name: name, type: type, shape: shape, chunkSize: chunkSize))
    if let chunk { sections.append(Section("CHNK", chunk)) }
  }

  mutating func addStateTensor(_ name: String, _ type: String, _ shape: [Int], chunk: [UInt8]? = nil) {
    stateTensors.append(ListedTensor(name: name, type: type, shape: shape, chunkSize: 1 << 20))
    if let chunk { sections.append(Section("CHNK", chunk)) }
  }
}

/// The payload of a chunk of byte planes: the coding, method and length of each plane, then the planes.
///
/// `lengths` is in the headers instead of the true ones.
func planes(_ coding: UInt8, _ planes: [(method: UInt8, bytes: [UInt8])], lengths: [Int: UInt32] = [:]) -> [UInt8] {
  var payload = ByteWriter()
  payload.write([coding])
  for (index, plane) in planes.enumerated() {
    payload.write([plane.method])
    payload.writeLittleEndian(lengths[index] ?? UInt32(plane.bytes.count))
  }
  for plane in planes { payload.write(plane.bytes) }
  return payload.bytes
}

/// The payload of a structured section from a value.
func crafted(_ value: StructuredValue) -> [UInt8] { crafted(value.encoded()) }

/// The payload of a structured section from the bytes of a value, whatever they are.
func crafted(_ value: [UInt8], declaredSize: UInt64? = nil, behind: [UInt8] = []) -> [UInt8] {
  var payload = ByteWriter()
  payload.writeLittleEndian(declaredSize ?? UInt64(value.count))
  payload.write(zlibStream(value))
  payload.write(behind)
  return payload.bytes
}

/// A zlib stream of one stored block (RFC 1950 and RFC 1951, section 3.2.4), for at most 65,535 bytes; longer ones
/// are compressed.
func zlibStream(_ bytes: [UInt8]) -> [UInt8] {
  guard bytes.count <= 0xFFFF else {
    return (try? bytes.withBytes { (buffer) throws(CompressionError) in try Zlib.compress(buffer) }) ?? []
  }
  var (a, b): (UInt32, UInt32) = (1, 0)
  for byte in bytes {
    a = (a + UInt32(byte)) % 65_521
    b = (b + a) % 65_521
  }
  var stream = ByteWriter()
  stream.write([0x78, 0x01, 0x01])
  stream.writeLittleEndian(UInt16(bytes.count))
  stream.writeLittleEndian(~UInt16(bytes.count))
  stream.write(bytes)
  stream.writeBigEndian(b << 16 | a)
  return stream.bytes
}
