import BinaryIO
import ModelFormat
import Threads

/// The inflated bytes of a member from any place on: all of a small one, and places in a large one to go on from.
final class InflatedMember: Sendable {
  /// A member of at most so many bytes is kept as it is.
  private static let smallSize = 4 << 20
  /// The least distance between two places, which also is how much is read at a time.
  private static let smallestSpan = 1 << 20
  private static let largestPiece = 8 << 20
  /// Each place takes about 40 KiB.
  private static let placeCount = 128
  /// How many cursors are kept where a reader left them.
  private static let spareCount = 4
  private static let scratchSize = 1 << 16

  /// Cursors at their places, which are only copied, and those that readers go on with. Crosses threads: each cursor is
  /// in the list, under its lock, or in the hands of one thread.
  private final class Cursors: @unchecked Sendable {
    var places: [InflatingCursor] = []
    var spare: [InflatingCursor] = []
  }

  private let content: [UInt8]?
  private let cursors: Lock<Cursors>

  private init(content: [UInt8]?, _ places: [InflatingCursor]) {
    self.content = content
    let cursors = Cursors()
    cursors.places = places
    self.cursors = Lock(cursors)
  }

  /// The distance between two places of a member.
  private static func span(of entry: ZipEntry) -> Int {
    max(smallestSpan, (entry.size / placeCount / smallestSpan + 1) * smallestSpan)
  }

  static func pieceSize(of entry: ZipEntry) -> Int { min(span(of: entry), largestPiece) }

  /// Inflates a member from its beginning to its end, and returns the checksum of what was in it.
  ///
  /// - Parameter start: where the stored bytes begin.
  static func inflate(
    _ source: any RandomAccessSource, _ entry: ZipEntry, at start: Int
  ) throws(ModelFormatError) -> (InflatedMember, checksum: UInt32) {
    let cursor = try InflatingCursor(source, entry, at: start)
    var checksum = CRC32()
    guard entry.size > smallSize else {
      // The size has been compared with what DEFLATE can make of the stored bytes.
      var bytes = [UInt8](repeating: 0, count: entry.size)
      try unsafe bytes.withMutableBytes { (buffer) throws(ModelFormatError) in
        try unsafe cursor.read(into: buffer)
        unsafe checksum.update(UnsafeRawBufferPointer(buffer))
      }
      try cursor.finish()
      return (InflatedMember(content: bytes, []), checksum.value)
    }
    let (span, scratch) = (
      span(of: entry), UnsafeMutableRawBufferPointer.allocate(byteCount: scratchSize, alignment: 64)
    )
    defer { unsafe scratch.deallocate() }
    var places = [try cursor.copy()]
    while cursor.position < entry.size {
      let next = min((cursor.position / span + 1) * span, cursor.position + scratchSize, entry.size)
      let part = unsafe UnsafeMutableRawBufferPointer(rebasing: scratch[..<(next - cursor.position)])
      try unsafe cursor.read(into: part)
      unsafe checksum.update(UnsafeRawBufferPointer(part))
      if cursor.position % span == 0, cursor.position < entry.size { places.append(try cursor.copy()) }
    }
    try cursor.finish()
    return (InflatedMember(content: nil, places), checksum.value)
  }

  /// How many bytes it holds, about.
  var heldByteCount: Int {
    content?.count ?? cursors.withLock { $0.places.count * 40 << 10 }
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    if let content {
      return unsafe buffer.copyBytes(from: content[offset..<offset + buffer.count])
    }
    guard let cursor = try cursor(before: offset) else { return }
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: InflatedMember.scratchSize, alignment: 64)
    defer { unsafe scratch.deallocate() }
    try unsafe cursor.skip(offset - cursor.position, scratch)
    try unsafe cursor.read(into: buffer)
    cursors.withLock { cursors in
      cursors.spare.append(cursor)
      if cursors.spare.count > InflatedMember.spareCount { cursors.spare.removeFirst() }
    }
  }

  /// The cursor from which the way to a place is the shortest. There is one at 0.
  private func cursor(before offset: Int) throws(ModelFormatError) -> InflatingCursor? {
    try cursors.withLock { (cursors) -> Result<InflatingCursor?, ModelFormatError> in
      let place = cursors.places.last { $0.position <= offset }
      let spare = cursors.spare.indices.filter { cursors.spare[$0].position <= offset }
        .max { cursors.spare[$0].position < cursors.spare[$1].position }
      if let spare, cursors.spare[spare].position >= place?.position ?? 0 {
        return .success(cursors.spare.remove(at: spare))
      }
      return Result { () throws(ModelFormatError) in try place?.copy() }
    }.get()
  }
}
