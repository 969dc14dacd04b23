import BinaryIO
import TestSupport

/// Zip archives written by hand, and where their parts are.
struct ZipBytes {
  struct Member {
    var name: [UInt8]
    var method: UInt16
    var stored: [UInt8]
    var size: Int
    var checksum: UInt32
    var flags: UInt16 = 0
    var extra: [UInt8] = []

    /// A member that is stored as it is.
    init(_ name: String, _ bytes: [UInt8]) {
      (self.name, method, stored, size) = (Array(name.utf8), 0, bytes, bytes.count)
      checksum = CRC32.checksum(bytes)
    }

    /// A member that is deflated.
    static func deflated(_ name: String, _ bytes: [UInt8]) throws -> Member {
      var member = Member(name, bytes)
      member.method = 8
      member.stored = try bytes.withBytes { (buffer) throws(CompressionError) in
        try DeflateBlock.compress(buffer, level: 6, isLast: true)
      }
      return member
    }
  }

  var bytes: [UInt8] = []
  /// Where the header of each member is, its bytes, and its entry in the directory.
  private(set) var headers: [Int] = []
  private(set) var contents: [Int] = []
  private(set) var entries: [Int] = []
  private(set) var directory = 0
  /// Where the last record is, and those of a large archive.
  private(set) var end = 0
  private(set) var largeEnd = 0
  private(set) var locator = 0

  init(_ members: [Member], isLarge: Bool = false) {
    for member in members {
      headers.append(bytes.count)
      var header = ByteWriter()
      header.writeLittleEndian(UInt32(0x0403_4B50))
      header.writeLittleEndian(UInt16(20))
      ZipBytes.writeCommon(member, to: &header)
      header.writeLittleEndian(UInt16(member.extra.count))
      bytes += header.bytes + member.name + member.extra
      contents.append(bytes.count)
      bytes += member.stored
    }
    directory = bytes.count
    for (member, header) in zip(members, headers) {
      entries.append(bytes.count)
      var entry = ByteWriter()
      entry.writeLittleEndian(UInt32(0x0201_4B50))
      entry.writeLittleEndian(UInt16(20))
      entry.writeLittleEndian(UInt16(20))
      ZipBytes.writeCommon(member, to: &entry)
      for _ in 0..<4 { entry.writeLittleEndian(UInt16(0)) }
      entry.writeLittleEndian(UInt32(0))
      entry.writeLittleEndian(UInt32(header))
      bytes += entry.bytes + member.name
    }
    var records = ByteWriter()
    let size = bytes.count - directory
    largeEnd = bytes.count
    if isLarge {
      records.writeLittleEndian(UInt32(0x0606_4B50))
      records.writeLittleEndian(UInt64(44))
      records.writeLittleEndian(UInt32(45 << 16 | 45))
      records.writeLittleEndian(UInt64(0))
      for number in [members.count, members.count, size, directory] { records.writeLittleEndian(UInt64(number)) }
      locator = largeEnd + records.bytes.count
      records.writeLittleEndian(UInt32(0x0706_4B50))
      records.writeLittleEndian(UInt32(0))
      records.writeLittleEndian(UInt64(largeEnd))
      records.writeLittleEndian(UInt32(1))
    }
    end = bytes.count + records.bytes.count
    records.writeLittleEndian(UInt32(0x0605_4B50))
    records.writeLittleEndian(UInt32(0))
    for _ in 0..<2 { records.writeLittleEndian(isLarge ? UInt16.max : UInt16(members.count)) }
    records.writeLittleEndian(isLarge ? UInt32.max : UInt32(size))
    records.writeLittleEndian(isLarge ? UInt32.max : UInt32(directory))
    records.writeLittleEndian(UInt16(0))
    bytes += records.bytes
  }

  private static func writeCommon(_ member: Member, to writer: inout ByteWriter) {
    writer.writeLittleEndian(member.flags)
    writer.writeLittleEndian(member.method)
    writer.writeLittleEndian(UInt32(0x0021_0000))
    writer.writeLittleEndian(member.checksum)
    writer.writeLittleEndian(UInt32(member.stored.count))
    writer.writeLittleEndian(UInt32(member.size))
    writer.writeLittleEndian(UInt16(member.name.count))
  }

  /// Writes a number over what is there.
  mutating func set<Number: FixedWidthInteger>(_ number: Number, at offset: Int) {
    for index in 0..<MemoryLayout<Number>.size {
      bytes[offset + index] = UInt8(truncatingIfNeeded: number >> Number(8 * index))
    }
  }
}
