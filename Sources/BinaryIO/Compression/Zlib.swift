import CZlib

/// What went wrong inside a zlib or gzip stream.
package enum CompressionError: Error, Equatable, Sendable {
  /// The stream breaks the rules of DEFLATE, or its own checksum does not match; zlib's word for it.
  case damaged(String)
  /// The stream ends before its end marker.
  case truncated
  /// The stream holds more or fewer bytes than it should.
  case wrongSize(expected: Int, found: Int)
  /// Compressed bytes are left over after the end of the stream.
  case trailingBytes(Int)
  /// zlib could not get memory.
  case outOfMemory
}

/// Whole buffers to and from the zlib format (RFC 1950).
///
/// Streams without matches have a coder of our own, several times as fast: zlib 1.2.13 codes 150 MB/s of them on one core
/// and decodes 325, which would set the pace of saving and loading weights. All else is zlib's work.
package enum Zlib {
  /// DEFLATE cannot expand a stream by more than this (RFC 1951: 258 bytes from two bits, and a little).
  package static let maximumExpansion = 1032

  /// How the compressor looks for redundancy.
  package enum Strategy: Sendable {
    case matching(level: Int32)
    case huffmanOnly
    case runLength
  }

  /// Compresses `bytes` into a zlib stream.
  package static func compress(
    _ bytes: UnsafeRawBufferPointer, strategy: Strategy = .matching(level: 6)
  ) throws(CompressionError) -> [UInt8] {
    if case .huffmanOnly = strategy, unsafe !bytes.isEmpty { return unsafe HuffmanStream(bytes).encoded() }
    return try unsafe deflateAny(bytes, strategy: strategy)
  }

  /// Compresses with zlib's own coder, whatever the strategy.
  static func deflateAny(
    _ bytes: UnsafeRawBufferPointer, strategy: Strategy
  ) throws(CompressionError) -> [UInt8] {
    let (level, method): (Int32, Int32) =
      switch strategy {
      case .matching(let level): (level, Z_DEFAULT_STRATEGY)
      case .huffmanOnly: (6, Z_HUFFMAN_ONLY)
      case .runLength: (6, Z_RLE)
      }
    let stream = ZlibStream()
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    guard unsafe deflateInit2_(stream.state, level, Z_DEFLATED, 15, 9, method, ZLIB_VERSION, size) == Z_OK else {
      throw .outOfMemory
    }
    defer { unsafe deflateEnd(stream.state) }
    // zlib 1.2.13 promises one byte too few for less than 8 bytes at level 0 with this memory level.
    let bound = unsafe Int(deflateBound(stream.state, uLong(bytes.count))) + 8
    var status = Z_OK
    let output = unsafe [UInt8](unsafeUninitializedCapacity: bound) { buffer, written in
      status = unsafe stream.pump(bytes, into: UnsafeMutableRawBufferPointer(buffer)) { state, isLast in
        unsafe deflate(state, isLast ? Z_FINISH : Z_NO_FLUSH)
      }
      written = stream.produced
    }
    guard status == Z_STREAM_END else { throw .outOfMemory }
    return output
  }

  /// Inflates a zlib stream into a buffer that it must fill exactly.
  ///
  /// Nothing is allocated for the output: its size is the caller's decision, made before the stream is looked at.
  package static func decompress(
    _ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(CompressionError) {
    if unsafe !LiteralDecoder.decode(bytes, into: output) { try unsafe inflateAny(bytes, into: output) }
  }

  /// Inflates whatever RFC 1950 allows.
  static func inflateAny(
    _ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(CompressionError) {
    let stream = ZlibStream()
    guard unsafe inflateInit2_(stream.state, 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .outOfMemory
    }
    defer { unsafe inflateEnd(stream.state) }
    var status = unsafe stream.pump(bytes, into: output) { state, _ in unsafe inflate(state, Z_NO_FLUSH) }
    if (status == Z_OK || status == Z_BUF_ERROR) && stream.produced == output.count {
      // One byte of room beyond the end shows a stream that holds more than it should.
      var beyond: UInt8 = 0
      status = unsafe withUnsafeMutablePointer(to: &beyond) { pointer in
        unsafe stream.state.pointee.next_out = unsafe pointer
        unsafe stream.state.pointee.avail_out = 1
        return unsafe inflate(stream.state, Z_NO_FLUSH)
      }
    }
    switch status {
    case Z_STREAM_END:
      guard stream.produced == output.count else {
        throw .wrongSize(expected: output.count, found: stream.produced)
      }
      let rest = bytes.count - stream.consumed
      guard rest == 0 else { throw .trailingBytes(rest) }
    case Z_OK, Z_BUF_ERROR:
      throw stream.produced > output.count
        ? .wrongSize(expected: output.count, found: stream.produced) : .truncated
    case Z_MEM_ERROR: throw .outOfMemory
    default: throw .damaged(stream.message ?? "not a zlib stream")
    }
  }
}
