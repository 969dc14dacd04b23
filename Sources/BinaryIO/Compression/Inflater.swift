import CZlib

/// Inflates one raw DEFLATE stream (RFC 1951) step by step. Its state can be copied, to go on from there another time.
///
/// Not safe for several threads at once.
package final class Inflater {
  /// What a step took and gave.
  package struct Step {
    /// The number of input bytes taken.
    package let consumed: Int
    /// The number of output bytes given.
    package let produced: Int
    /// Whether the stream has ended.
    package let isAtEnd: Bool
  }

  private let stream = ZlibStream()

  /// Starts at the first byte of a stream.
  ///
  /// - Throws: `outOfMemory`.
  package init() throws(CompressionError) {
    // Negative window bits ask for a stream without zlib's header and trailer.
    guard unsafe inflateInit2_(stream.state, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .outOfMemory
    }
  }

  private init(copying other: Inflater) throws(CompressionError) {
    guard unsafe inflateCopy(stream.state, other.stream.state) == Z_OK else { throw .outOfMemory }
  }

  deinit { unsafe inflateEnd(stream.state) }

  /// Another one in the same state, which takes about 40 KiB.
  ///
  /// - Throws: `outOfMemory`.
  package func copy() throws(CompressionError) -> Inflater { try Inflater(copying: self) }

  /// Inflates as much as there is input and room for. No progress means that more input, or room, is needed.
  ///
  /// - Parameters:
  ///   - input: what follows the input taken so far; less than 4 GiB.
  ///   - output: at least one byte, less than 4 GiB.
  /// - Throws: `damaged` or `outOfMemory`.
  package func step(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(CompressionError) -> Step {
    unsafe stream.state.pointee.next_in = unsafe input.baseAddress.map {
      unsafe UnsafeMutableRawPointer(mutating: $0).assumingMemoryBound(to: UInt8.self)
    }
    unsafe stream.state.pointee.avail_in = UInt32(clamping: input.count)
    unsafe stream.state.pointee.next_out = unsafe output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.state.pointee.avail_out = UInt32(clamping: output.count)
    let status = unsafe inflate(stream.state, Z_NO_FLUSH)
    switch status {
    case Z_OK, Z_BUF_ERROR, Z_STREAM_END:
      return unsafe Step(
        consumed: input.count - Int(stream.state.pointee.avail_in),
        produced: output.count - Int(stream.state.pointee.avail_out), isAtEnd: status == Z_STREAM_END)
    case Z_MEM_ERROR: throw .outOfMemory
    default: throw .damaged(stream.message ?? "invalid DEFLATE stream")
    }
  }
}
