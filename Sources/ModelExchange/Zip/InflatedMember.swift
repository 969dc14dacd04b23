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
  private static let placeCount = 128
  /// What a cursor takes, about.
  private static let cursorSize = 40 << 10
  /// How many cursors are kept where a reader left them.
  private static let spareCount = 4
  private static let scratchSize = 1 << 16

  /// Cursors at their places, which are only copied, and those that readers go on with. Crosses threads: each cursor is
  /// in one of the lists, under the lock, or in the hands of one thread.
  private final class Cursors: @unchecked Sendable {
    /// The one at the beginning.
    let first: InflatingCursor
    var others: [InflatingCursor] = []
    var spare: [InflatingCursor] = []

    init(first: InflatingCursor) { self.first = first }
  }

  private enum Holding: Sendable {
    case everything([UInt8])
    case places(Lock<Cursors>)
  }

  private let holding: Holding

  private init(_ holding: Holding) { self.holding = holding }

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
      return (InflatedMember(.everything(bytes)), checksum.value)
    }
    let (span, scratch) = (
      span(of: entry), UnsafeMutableRawBufferPointer.allocate(byteCount: scratchSize, alignment: 64)
    )
    defer { unsafe scratch.deallocate() }
    let cursors = Cursors(first: try cursor.copy())
    while cursor.position < entry.size {
      let next = min((cursor.position / span + 1) * span, cursor.position + scratchSize, entry.size)
      let part = unsafe UnsafeMutableRawBufferPointer(rebasing: scratch[..<(next - cursor.position)])
      try unsafe cursor.read(into: part)
      unsafe checksum.update(UnsafeRawBufferPointer(part))
      if cursor.position % span == 0, cursor.position < entry.size { cursors.others.append(try cursor.copy()) }
    }
    try cursor.finish()
    return (InflatedMember(.places(Lock(cursors))), checksum.value)
  }

  /// How many bytes it holds, about.
  var heldByteCount: Int {
    switch holding {
    case .everything(let content): content.count
    case .places(let cursors): cursors.withLock { ($0.others.count + 1) * InflatedMember.cursorSize }
    }
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    switch holding {
    case .everything(let content): unsafe buffer.copyBytes(from: content[offset..<offset + buffer.count])
    case .places(let cursors):
      let cursor = try InflatedMember.cursor(before: offset, among: cursors)
      let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: InflatedMember.scratchSize, alignment: 64)
      defer { unsafe scratch.deallocate() }
      try unsafe cursor.skip(offset - cursor.position, scratch)
      try unsafe cursor.read(into: buffer)
      cursors.withLock { cursors in
        cursors.spare.append(cursor)
        if cursors.spare.count > InflatedMember.spareCount { cursors.spare.removeFirst() }
      }
    }
  }

  /// A cursor from which the way to a place is the shortest.
  private static func cursor(
    before offset: Int, among cursors: Lock<Cursors>
  ) throws(ModelFormatError) -> InflatingCursor {
    try cursors.withLock { (cursors) -> Result<InflatingCursor, ModelFormatError> in
      let place = cursors.others.last { $0.position <= offset } ?? cursors.first
      let spare = cursors.spare.indices.filter {
        (place.position...max(place.position, offset)).contains(cursors.spare[$0].position)
      }
      .max { cursors.spare[$0].position < cursors.spare[$1].position }
      if let spare { return .success(cursors.spare.remove(at: spare)) }
      return Result { () throws(ModelFormatError) in try place.copy() }
    }.get()
  }
}
