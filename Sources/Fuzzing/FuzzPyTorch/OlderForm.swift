import BinaryIO

/// A file as PyTorch wrote them before 1.6, around the pickle of an object.
enum OlderForm {
  /// - Parameters:
  ///   - pickle: of the object.
  ///   - storage: the bytes of the one storage, which has the key 0 and is taken for numbers of one byte each.
  static func file(_ pickle: [UInt8], _ storage: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    // The magic number, the protocol 1001, and an empty dictionary about the system.
    writer.write([0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E])
    writer.write([0x80, 2, 0x4D, 0xE9, 0x03, 0x2E, 0x80, 2, 0x7D, 0x2E])
    writer.write(pickle)
    writer.write([0x80, 2, 0x5D, 0x58, 1, 0, 0, 0, 0x30, 0x61, 0x2E])
    writer.writeLittleEndian(UInt64(storage.count))
    writer.write(storage)
    return writer.bytes
  }
}
