import BinaryIO
import ModelFormat
import Threads

/// The bytes of a member of a zip archive.
///
/// The first read takes all of it and compares the CRC-32; later ones read what is asked for.
final class ZipMember: ByteRegion {
  static let signature: UInt32 = 0x0403_4B50
  static let headerSize = 30
  /// How much is read at a time to compare the checksum.
  private static let checkedSize = 1 << 19
  private static let manyPieces = 16

  let entry: ZipEntry
  private let source: any RandomAccessSource
  private let cache: InflatedCache
  private let acceptsNoChecksum: Bool
  /// Where the bytes begin, once they have been verified, or what is wrong with them; nil before that.
  private let start = Lock<Result<Int, ModelFormatError>?>(nil)

  var fileName: String { source.name }
  var byteCount: Int { entry.size }

  init(_ source: any RandomAccessSource, _ entry: ZipEntry, _ cache: InflatedCache, acceptsNoChecksum: Bool) {
    self.source = source
    self.entry = entry
    self.cache = cache
    self.acceptsNoChecksum = acceptsNoChecksum
  }

  var pieceSize: Int {
    switch entry.method {
    case .stored: 1 << 20
    case .deflated: InflatedMember.pieceSize(of: entry)
    }
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    let start = try start.withLock { (start) -> Result<Int, ModelFormatError> in
      if let start { return start }
      let result = Result { () throws(ModelFormatError) in try verify() }
      start = result
      return result
    }.get()
    switch entry.method {
    case .stored: try unsafe FileRegion(source, at: start, byteCount: entry.size).read(at: offset, into: buffer)
    case .deflated:
      try unsafe cache.member(entry) { () throws(ModelFormatError) in try inflated(at: start) }.read(
        at: offset, into: buffer)
    }
  }

  /// All bytes, for a member that the caller knows to be small.
  func bytes() throws(ModelFormatError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: byteCount)
    try unsafe bytes.withMutableBytes { (buffer) throws(ModelFormatError) in try unsafe read(at: 0, into: buffer) }
    return bytes
  }

  /// The first bytes, `count` of them or all where there are fewer. They have not been verified: all others would have to
  /// be read for that.
  func beginning(_ count: Int) throws(ModelFormatError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: min(count, byteCount))
    let start = try dataOffset()
    try unsafe bytes.withMutableBytes { (buffer) throws(ModelFormatError) in
      switch entry.method {
      case .stored: try unsafe FileRegion(source, at: start, byteCount: entry.size).read(at: 0, into: buffer)
      case .deflated: try unsafe InflatingCursor(source, entry, at: start).read(into: buffer)
      }
    }
    return bytes
  }

  /// Where the bytes begin, by the member's own header, which must agree with the directory.
  private func dataOffset() throws(ModelFormatError) -> Int {
    let header = try source.bytes(at: entry.headerOffset, count: ZipMember.headerSize)
    guard integer(header, at: 0, UInt32.self) == ZipMember.signature else {
      throw wrong("the header of the member \(ByteName(entry.name).quoted)", "something else")
    }
    let (nameSize, extraSize) = (Int(integer(header, at: 26, UInt16.self)), Int(integer(header, at: 28, UInt16.self)))
    let (checksum, stored) = (integer(header, at: 14, UInt32.self), integer(header, at: 18, UInt32.self))
    let size = integer(header, at: 22, UInt32.self)
    let start = entry.headerOffset + ZipMember.headerSize + nameSize + extraSize
    guard nameSize == entry.name.utf8.count, integer(header, at: 8, UInt16.self) == entry.method.rawValue,
      // Zeros where the numbers come later, all ones where they are too large for their place.
      checksum == entry.checksum || entry.hasDescriptor && checksum == 0,
      agrees(stored, entry.storedSize), agrees(size, entry.size),
      entry.storedSize <= entry.limit, start <= entry.limit - entry.storedSize,
      try source.bytes(at: entry.headerOffset + ZipMember.headerSize, count: nameSize).elementsEqual(entry.name.utf8)
    else {
      throw wrong(
        "a header that agrees with the directory about the member \(ByteName(entry.name).quoted)", "another one")
    }
    return start
  }

  private func agrees(_ declared: UInt32, _ size: Int) -> Bool {
    declared == .max || Int(declared) == size || entry.hasDescriptor && declared == 0
  }

  private func wrong(_ expected: String, _ found: String) -> ModelFormatError {
    ModelFormatError(.inconsistentLayout, offset: entry.headerOffset, expected: expected, found: found)
  }

  /// Reads all bytes and compares the checksum. Returns where they begin.
  private func verify() throws(ModelFormatError) -> Int {
    let start = try dataOffset()
    switch entry.method {
    case .stored: try check(try storedChecksum(at: start))
    case .deflated: _ = try cache.member(entry) { () throws(ModelFormatError) in try inflated(at: start) }
    }
    return start
  }

  private func storedChecksum(at start: Int) throws(ModelFormatError) -> UInt32 {
    guard !(acceptsNoChecksum && entry.checksum == 0) else { return 0 }
    let region = FileRegion(source, at: start, byteCount: entry.size)
    let pieces = (entry.size + ZipMember.checkedSize - 1) / ZipMember.checkedSize
    let size = entry.size
    var checksum = CRC32()
    // A small member is read sooner than a thread is started.
    let threads = pieces < ZipMember.manyPieces ? 1 : Processors.count
    try OrderedPipeline.run(count: pieces, threads: threads) { (piece) throws(ModelFormatError) in
      let range = piece * ZipMember.checkedSize..<min((piece + 1) * ZipMember.checkedSize, size)
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: range.count, alignment: 64)
      defer { unsafe buffer.deallocate() }
      try unsafe region.read(at: range.lowerBound, into: buffer)
      return (unsafe CRC32.checksum(UnsafeRawBufferPointer(buffer)), range.count)
    } consume: { (_, part: (checksum: UInt32, byteCount: Int)) throws(ModelFormatError) in
      checksum.update(part.checksum, byteCount: part.byteCount)
    }
    return checksum.value
  }

  private func inflated(at start: Int) throws(ModelFormatError) -> InflatedMember {
    let (member, checksum) = try InflatedMember.inflate(source, entry, at: start)
    try check(checksum)
    return member
  }

  private func check(_ checksum: UInt32) throws(ModelFormatError) {
    guard checksum == entry.checksum || acceptsNoChecksum && entry.checksum == 0 else {
      throw ModelFormatError(
        .checksumMismatch, offset: entry.headerOffset,
        expected: "CRC-32 \(String(entry.checksum, radix: 16)) of the member \(ByteName(entry.name).quoted)",
        found: String(checksum, radix: 16))
    }
  }
}
