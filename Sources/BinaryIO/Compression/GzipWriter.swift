import CZlib

/// Deflates bytes into one gzip member (RFC 1952), piece by piece.
///
/// The header holds no name and no time, so the same bytes give the same member on the same zlib.
package struct GzipWriter: ~Copyable {
  /// Takes the compressed bytes as they come.
  package typealias Output = (UnsafeRawBufferPointer) throws(FileError) -> Void

  private static let pieceSize = 1 << 16

  private let stream = ZlibStream()
  private var piece: [UInt8]

  /// Starts a member.
  ///
  /// - Parameter level: 0 (stored) to 9 (smallest).
  package init(level: Int32 = 6) throws(CompressionError) {
    piece = [UInt8](repeating: 0, count: GzipWriter.pieceSize)
    // 16 on top of the window bits asks for gzip's header and trailer instead of zlib's.
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    let status = unsafe deflateInit2_(
      stream.state, level, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
    guard status == Z_OK else { throw .outOfMemory }
  }

  deinit {
    unsafe deflateEnd(stream.state)
  }

  /// Compresses `bytes`; what is ready goes to `output`.
  package mutating func write(
    _ bytes: UnsafeRawBufferPointer, to output: Output
  ) throws(GzipReader.Failure) {
    var position = 0
    while position < bytes.count {
      let take = min(bytes.count - position, Int(UInt32.max))
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[position..<position + take])
      _ = try unsafe deflate(rest, Z_NO_FLUSH, to: output)
      position += take
    }
  }

  /// Ends the member: the last compressed bytes and gzip's trailer go to `output`.
  package consuming func finish(to output: Output) throws(GzipReader.Failure) {
    let status = try unsafe deflate(UnsafeRawBufferPointer(start: nil, count: 0), Z_FINISH, to: output)
    guard status == Z_STREAM_END else { throw .stream(.truncated) }
  }

  private mutating func deflate(
    _ bytes: UnsafeRawBufferPointer, _ flush: Int32, to output: Output
  ) throws(GzipReader.Failure) -> Int32 {
    let input = unsafe bytes.baseAddress.map { unsafe UnsafeMutableRawPointer(mutating: $0) }
    unsafe stream.state.pointee.next_in = unsafe input?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.state.pointee.avail_in = UInt32(bytes.count)
    while true {
      var status = Z_OK
      var failure: FileError?
      unsafe piece.withUnsafeMutableBufferPointer { buffer in
        unsafe stream.state.pointee.next_out = buffer.baseAddress
        unsafe stream.state.pointee.avail_out = UInt32(buffer.count)
        status = unsafe CZlib.deflate(stream.state, flush)
        let ready = unsafe buffer[..<(buffer.count - Int(stream.state.pointee.avail_out))]
        guard unsafe !ready.isEmpty else { return }
        do throws(FileError) {
          try unsafe output(UnsafeRawBufferPointer(UnsafeMutableBufferPointer(rebasing: ready)))
        } catch { failure = error }
      }
      if let failure { throw .file(failure) }
      // Room left over means that zlib has nothing more to give for this input.
      if unsafe status != Z_OK || stream.state.pointee.avail_out > 0 { return status }
    }
  }
}
