import CZlib

/// Parts of a raw DEFLATE stream (RFC 1951) that are compressed apart from one another, so that threads can share the
/// work: written one after the other, they are one stream.
package enum DeflateBlock {
  /// Compresses one part. The bytes depend on nothing else.
  ///
  /// - Parameters:
  ///   - level: 1 (fastest) to 9 (smallest).
  ///   - isLast: whether the stream ends with this part; the others end at the border of a byte.
  /// - Throws: `outOfMemory`.
  package static func compress(
    _ bytes: UnsafeRawBufferPointer, level: Int32, isLast: Bool
  ) throws(CompressionError) -> [UInt8] {
    let stream = ZlibStream()
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    guard
      unsafe deflateInit2_(stream.state, level, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
    else { throw .outOfMemory }
    defer { unsafe deflateEnd(stream.state) }
    // What a flush adds, 5 bytes for an empty block and the rest of a byte, is not in zlib's bound.
    let bound = unsafe Int(deflateBound(stream.state, uLong(bytes.count))) + 32
    var status = Z_OK
    let output = unsafe [UInt8](unsafeUninitializedCapacity: bound) { buffer, written in
      status = unsafe stream.pump(bytes, into: UnsafeMutableRawBufferPointer(buffer)) { state, hasAll in
        unsafe deflate(state, !hasAll ? Z_NO_FLUSH : isLast ? Z_FINISH : Z_SYNC_FLUSH)
      }
      written = stream.produced
    }
    // A flush is complete once zlib has nothing more to give although there is room.
    guard isLast ? status == Z_STREAM_END : status == Z_BUF_ERROR || status == Z_OK, output.count < bound else {
      throw .outOfMemory
    }
    return output
  }
}
