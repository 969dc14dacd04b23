import BinaryIO
import ModelFormat

/// Builds files whose checksums are right and whose content need not be: what damage tests cannot reach.
///
/// It follows the tables of the format by itself and shares no code with the encoder but CRC-32 and zlib.
struct CraftedFile {
  /// A section as it stands in the file, and what the index says of it.
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

  var version: (major: UInt16, minor: UInt16) = (0, 1)
  var sections: [Section] = []
  var tensors: [StructuredValue] = []
  var chunkSize = 1 << 20
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

  private var index: StructuredValue {
    .object([
      "chunk_size": .integer(chunkSize),
      "sections": .array(
        sections.map { section in
          .array([
            .string(section.listedType ?? section.type),
            .integer(section.listedLength ?? section.payload.count),
            .integer(Int(section.listedChecksum ?? CRC32.checksum(section.payload))),
          ])
        }),
      "tensors": .array(tensors),
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

  mutating func addTensor(_ name: String, _ type: String, _ shape: [Int], chunk: [UInt8]? = nil) {
    tensors.append(tensor(name, type, shape))
    if let chunk { sections.append(Section("CHNK", chunk)) }
  }
}

/// What the index says of a tensor.
func tensor(_ name: String, _ type: String, _ shape: [Int]) -> StructuredValue {
  .object(["name": .string(name), "type": .string(type), "shape": .array(shape.map { .integer($0) })])
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
