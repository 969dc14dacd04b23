import BinaryIO

/// What surrounds a section's payload.
///
/// | offset | size | content |
/// |---|---|---|
/// | 0 | 4 | type |
/// | 4 | 8 | length of the payload |
/// | 12 | 4 | CRC-32 of the twelve bytes before |
/// | 16 | length | payload |
/// | 16 + length | 4 | CRC-32 of the payload |
enum SectionFrame {
  static let headerSize = 16
  static let checksumSize = 4
  static let overhead = headerSize + checksumSize

  static func header(_ type: SectionType, length: Int) -> [UInt8] {
    var writer = ByteWriter()
    writer.write(type.letters)
    writer.writeLittleEndian(UInt64(length))
    writer.writeLittleEndian(CRC32.checksum(writer.bytes))
    return writer.bytes
  }

  /// What follows a payload with that checksum.
  static func checksum(_ value: UInt32) -> [UInt8] {
    var writer = ByteWriter()
    writer.writeLittleEndian(value)
    return writer.bytes
  }

  /// Takes a frame's header apart. `bytes` are `headerSize` bytes from `offset`.
  ///
  /// Errors do not name the section: damaged letters would name a wrong one. The caller knows which it looks for.
  static func decodeHeader(
    _ bytes: [UInt8], offset: Int
  ) throws(ModelFormatError) -> (type: SectionType, length: Int) {
    let stored = integer(bytes, at: 12, UInt32.self)
    let computed = CRC32.checksum(bytes[..<12])
    guard stored == computed else {
      throw ModelFormatError(
        .checksumMismatch, offset: offset, expected: hexadecimal(stored), found: hexadecimal(computed))
    }
    guard let type = SectionType(letters: bytes[..<4]) else {
      throw ModelFormatError(
        .inconsistentLayout, offset: offset, expected: "a section type of four letters",
        found: hexadecimal(Array(bytes[..<4])))
    }
    guard let length = Int(exactly: integer(bytes, at: 4, UInt64.self)) else {
      throw ModelFormatError(
        .inconsistentLayout, offset: offset + 4, expected: "a length below 2^63",
        found: "\(integer(bytes, at: 4, UInt64.self))")
    }
    return (type, length)
  }
}

/// The last 24 bytes: where the index is, how long the file is, their checksum, and the end mark.
enum FileTrailer {
  static let endMark: [UInt8] = [0x4B, 0x4E, 0x4E, 0x89]
  static let size = 24

  static func encoded(indexOffset: Int, fileSize: Int) -> [UInt8] {
    var writer = ByteWriter()
    writer.writeLittleEndian(UInt64(indexOffset))
    writer.writeLittleEndian(UInt64(fileSize))
    writer.writeLittleEndian(CRC32.checksum(writer.bytes))
    writer.write(endMark)
    return writer.bytes
  }

  /// The offset of the index; nil when these bytes are no trailer at all.
  static func decode(_ bytes: [UInt8], fileSize: Int) throws(ModelFormatError) -> Int? {
    let offset = fileSize - size
    let endMarkFits = bytes[20...].elementsEqual(endMark)
    let stored = integer(bytes, at: 16, UInt32.self)
    let computed = CRC32.checksum(bytes[..<16])
    let (indexOffset, declaredSize) = (integer(bytes, at: 0, UInt64.self), integer(bytes, at: 8, UInt64.self))
    // A payload of 16 bytes has its checksum where a trailer has it: in a file that was cut short there, only the
    // declared size tells the two apart.
    guard endMarkFits || (stored == computed && declaredSize == UInt64(fileSize)) else { return nil }
    guard stored == computed else {
      throw ModelFormatError(
        .checksumMismatch, section: "trailer", offset: offset + 16, expected: hexadecimal(stored),
        found: hexadecimal(computed))
    }
    guard endMarkFits else {
      throw ModelFormatError(
        .inconsistentLayout, section: "trailer", offset: offset + 20,
        expected: "the end mark \(hexadecimal(endMark))", found: hexadecimal(Array(bytes[20...])))
    }
    guard declaredSize == UInt64(fileSize) else {
      throw ModelFormatError(
        .inconsistentLayout, section: "trailer", offset: offset + 8,
        expected: "a file of \(declaredSize) bytes", found: "\(fileSize) bytes")
    }
    guard let index = Int(exactly: indexOffset), index >= FileHeader.size,
      index <= offset - SectionFrame.overhead
    else {
      throw ModelFormatError(
        .inconsistentLayout, section: "trailer", offset: offset, expected: "the index inside the file",
        found: "offset \(indexOffset)")
    }
    return index
  }
}
