import CZlib

/// Inflates a gzip file (RFC 1952), of one member or several, piece by piece.
package struct GzipReader: ~Copyable {
  /// What can go wrong between the file and its inflated bytes.
  package enum Failure: Error, Equatable, Sendable {
    case file(FileError)
    case stream(CompressionError)
  }

  /// The two bytes that every gzip member starts with.
  package static let magic: [UInt8] = [0x1F, 0x8B]
  private static let pieceSize = 1 << 16

  private let input: FileInput
  private let stream = ZlibStream()
  private var piece: [UInt8]
  private var position = 0
  private var available: Int
  private var insideMember = true
  private var atEnd = false

  /// Starts at the first byte of the first member.
  ///
  /// - Parameter prefix: bytes that were read from `input` already, to recognise it.
  package init(_ input: FileInput, prefix: [UInt8]) throws(Failure) {
    self.input = input
    piece = [UInt8](repeating: 0, count: GzipReader.pieceSize)
    piece.replaceSubrange(0..<prefix.count, with: prefix)
    available = prefix.count
    // 16 on top of the window bits asks for gzip's header and trailer instead of zlib's.
    guard unsafe inflateInit2_(stream.state, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else {
      throw .stream(.outOfMemory)
    }
  }

  deinit {
    unsafe inflateEnd(stream.state)
  }

  private mutating func refill() throws(Failure) {
    guard position == available, !atEnd else { return }
    position = 0
    var failure: FileError?
    available = unsafe piece.withUnsafeMutableBytes { buffer in
      do throws(FileError) { return try unsafe input.read(into: buffer) } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw .file(failure) }
    atEnd = available == 0
  }

  /// Fills as much of `buffer` as there are inflated bytes left, and returns how many that were.
  package mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    var filled = 0
    while filled < buffer.count {
      try refill()
      if !insideMember {
        if atEnd { break }
        // Another member may follow; anything else after the last one is refused by its header check.
        unsafe inflateReset(stream.state)
        insideMember = true
      }
      if atEnd { throw .stream(.truncated) }
      let room = min(buffer.count - filled, Int(UInt32.max))
      let status = unsafe piece.withUnsafeMutableBufferPointer { bytes in
        unsafe stream.state.pointee.next_in = unsafe bytes.baseAddress.map { unsafe $0 + position }
        unsafe stream.state.pointee.avail_in = UInt32(available - position)
        unsafe stream.state.pointee.next_out = unsafe buffer.baseAddress.map {
          unsafe ($0 + filled).assumingMemoryBound(to: UInt8.self)
        }
        unsafe stream.state.pointee.avail_out = UInt32(room)
        return unsafe inflate(stream.state, Z_NO_FLUSH)
      }
      position = unsafe available - Int(stream.state.pointee.avail_in)
      unsafe filled += room - Int(stream.state.pointee.avail_out)
      switch status {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END: insideMember = false
      case Z_MEM_ERROR: throw .stream(.outOfMemory)
      default:
        throw .stream(.damaged(stream.message ?? "invalid gzip stream"))
      }
    }
    return filled
  }
}
