import BinaryIO
import ModelFormat

/// Writes a zip archive front to back. Sizes and checksums follow the bytes of a member, so nothing is ever patched.
///
/// Dates are fixed, so that the same members give the same archive. Records for large members and archives are written
/// where their numbers need more than 32 bits. Source: PKWARE's APPNOTE.TXT, version 6.3.10.
struct ZipWriter<Sink: ByteSink & ~Copyable>: ~Copyable {
  private struct Member {
    let name: String
    let method: ZipEntry.Method
    let isLarge: Bool
    let headerOffset: Int
    var checksum: UInt32 = 0
    var storedSize = 0
    var size = 0
  }

  /// The first day that the format has a date for, 1 January 1980.
  private static var date: UInt16 { 0x0021 }
  private static var largestNumber: Int { Int(UInt32.max) }

  private var sink: Sink
  private var offset = 0
  private var members: [Member] = []

  init(_ sink: consuming Sink) { self.sink = sink }

  /// Starts a member.
  ///
  /// - Parameters:
  ///   - name: at most 65,535 bytes.
  ///   - size: how many bytes it has.
  mutating func begin(_ name: String, _ method: ZipEntry.Method, size: Int) throws(FileError) {
    // What does not compress becomes a little longer.
    let isLarge = size > Self.largestNumber - size / 1000 - 4096
    let member = Member(name: name, method: method, isLarge: isLarge, headerOffset: offset, size: size)
    var header = ByteWriter()
    header.writeLittleEndian(ZipMember.signature)
    writeCommon(member, to: &header)
    header.writeLittleEndian(UInt32(0))
    // All ones say that the numbers of 64 bits, which follow the bytes, are what counts.
    header.writeLittleEndian(isLarge ? UInt32.max : 0)
    header.writeLittleEndian(isLarge ? UInt32.max : 0)
    header.writeLittleEndian(UInt16(truncatingIfNeeded: name.utf8.count))
    header.writeLittleEndian(UInt16(isLarge ? 20 : 0))
    header.write(name.utf8)
    if isLarge { writeLargeField([0, 0], to: &header) }
    members.append(member)
    try append(header.bytes)
  }

  /// Appends bytes of the current member as they are stored.
  mutating func write(_ stored: [UInt8]) throws(FileError) {
    try append(stored)
    if !members.isEmpty { members[members.count - 1].storedSize += stored.count }
  }

  /// Ends the current member.
  ///
  /// - Parameter checksum: the CRC-32 of its bytes before compression.
  mutating func end(checksum: UInt32) throws(FileError) {
    guard !members.isEmpty else { return }
    members[members.count - 1].checksum = checksum
    let member = members[members.count - 1]
    var descriptor = ByteWriter()
    descriptor.writeLittleEndian(UInt32(0x0807_4B50))
    descriptor.writeLittleEndian(checksum)
    for size in [member.storedSize, member.size] {
      if member.isLarge {
        descriptor.writeLittleEndian(UInt64(size))
      } else {
        descriptor.writeLittleEndian(UInt32(truncatingIfNeeded: size))
      }
    }
    try append(descriptor.bytes)
  }

  /// Writes the directory and gives the sink back.
  consuming func finish() throws(FileError) -> Sink {
    let start = offset
    for index in members.indices { try append(entry(members[index])) }
    try append(endRecords(from: start, size: offset - start))
    return sink
  }

  private mutating func append(_ bytes: [UInt8]) throws(FileError) {
    try sink.write(bytes)
    offset += bytes.count
  }

  /// Version, flags, method, time and date, which header and directory both have.
  private func writeCommon(_ member: Member, to writer: inout ByteWriter) {
    let isASCII = member.name.utf8.allSatisfy { $0 < 0x80 }
    writer.writeLittleEndian(UInt16(member.isLarge ? 45 : 20))
    // Bit 3: sizes follow the bytes. Bit 11: the name is UTF-8.
    writer.writeLittleEndian(UInt16(isASCII ? 0x0008 : 0x0808))
    writer.writeLittleEndian(member.method.rawValue)
    writer.writeLittleEndian(UInt16(0))
    writer.writeLittleEndian(Self.date)
  }

  private func writeLargeField(_ numbers: [Int], to writer: inout ByteWriter) {
    writer.writeLittleEndian(UInt16(1))
    writer.writeLittleEndian(UInt16(truncatingIfNeeded: 8 * numbers.count))
    for number in numbers { writer.writeLittleEndian(UInt64(number)) }
  }

  private func entry(_ member: Member) -> [UInt8] {
    var large: [Int] = []
    func number(_ value: Int, isLarge: Bool) -> UInt32 {
      guard isLarge || value >= Self.largestNumber else { return UInt32(truncatingIfNeeded: value) }
      large.append(value)
      return .max
    }
    // The order of the large field.
    let size = number(member.size, isLarge: member.isLarge)
    let storedSize = number(member.storedSize, isLarge: member.isLarge)
    let header = number(member.headerOffset, isLarge: false)
    var writer = ByteWriter()
    writer.writeLittleEndian(ZipDirectory.entrySignature)
    // Made on Unix, where a file may be read and written by its owner and read by others.
    writer.writeLittleEndian(UInt16(3 << 8 | 45))
    writeCommon(member, to: &writer)
    writer.writeLittleEndian(member.checksum)
    writer.writeLittleEndian(storedSize)
    writer.writeLittleEndian(size)
    writer.writeLittleEndian(UInt16(truncatingIfNeeded: member.name.utf8.count))
    writer.writeLittleEndian(UInt16(large.isEmpty ? 0 : 4 + 8 * large.count))
    for _ in 0..<3 { writer.writeLittleEndian(UInt16(0)) }
    writer.writeLittleEndian(UInt32(0o100644) << 16)
    writer.writeLittleEndian(header)
    writer.write(member.name.utf8)
    if !large.isEmpty { writeLargeField(large, to: &writer) }
    return writer.bytes
  }

  private func endRecords(from start: Int, size: Int) -> [UInt8] {
    var writer = ByteWriter()
    let count = members.count
    if count >= Int(UInt16.max) || start >= Self.largestNumber || size >= Self.largestNumber {
      writer.writeLittleEndian(ZipDirectory.largeEndSignature)
      writer.writeLittleEndian(UInt64(ZipDirectory.largeEndSize - 12))
      writer.writeLittleEndian(UInt16(3 << 8 | 45))
      writer.writeLittleEndian(UInt16(45))
      writer.writeLittleEndian(UInt64(0))
      for number in [count, count, size, start] { writer.writeLittleEndian(UInt64(number)) }
      writer.writeLittleEndian(ZipDirectory.locatorSignature)
      writer.writeLittleEndian(UInt32(0))
      writer.writeLittleEndian(UInt64(start + size))
      writer.writeLittleEndian(UInt32(1))
    }
    writer.writeLittleEndian(ZipDirectory.endSignature)
    writer.writeLittleEndian(UInt32(0))
    for _ in 0..<2 { writer.writeLittleEndian(UInt16(clamping: count)) }
    writer.writeLittleEndian(UInt32(clamping: size))
    writer.writeLittleEndian(UInt32(clamping: start))
    writer.writeLittleEndian(UInt16(0))
    return writer.bytes
  }
}
