import BinaryIO
import MachineLimits

/// The payload of a structured section: the size of the value's encoding (64 bits), then its zlib stream.
enum StructuredPayload {
  /// - Throws: `limitExceeded` for what a reader with these limits would refuse, or when zlib gets no memory.
  static func encoded(
    _ value: some StructuredEncodable, limits: DecodingLimits = DecodingLimits()
  ) throws(ModelFormatError) -> [UInt8] {
    let bytes = try value.encoded(limits: limits)
    var writer = ByteWriter()
    writer.writeLittleEndian(UInt64(bytes.count))
    writer.write(try bytes.compressed(strategy: .matching(level: 9)))
    return writer.bytes
  }

  /// Inflates a value and checks it. Memory is asked for before it is taken: that of the encoding, and then that of
  /// what can be made of it.
  static func decode(
    _ payload: UnsafeRawBufferPointer, limits: DecodingLimits
  ) throws(ModelFormatError) -> EncodedValue {
    guard payload.count >= 8 else {
      throw ModelFormatError(
        .truncated, expected: "8 bytes of size and a zlib stream", found: "\(payload.count) bytes")
    }
    let declared = unsafe UInt64(littleEndian: payload.loadUnaligned(as: UInt64.self))
    guard let size = Int(exactly: declared), size <= limits.structuredSectionSize else {
      throw ModelFormatError(
        .limitExceeded, expected: "at most \(limits.structuredSectionSize) bytes of structured data",
        found: "\(declared)")
    }
    try checkExpansion(stored: payload.count - 8, declared: size)
    try AvailableMemory.check(byteCount: size)
    let bytes = try unsafe inflate(UnsafeRawBufferPointer(rebasing: payload[8...]), size: size)
    try AvailableMemory.check(byteCount: try StructuredDecoder.check(bytes, limits: limits))
    return EncodedValue(sound: bytes, at: 0)
  }

  /// The same from an array.
  static func decode(_ payload: [UInt8], limits: DecodingLimits) throws(ModelFormatError) -> EncodedValue {
    try unsafe payload.withBytes { (payload) throws(ModelFormatError) in try unsafe decode(payload, limits: limits) }
  }

  private static func inflate(_ stream: UnsafeRawBufferPointer, size: Int) throws(ModelFormatError) -> [UInt8] {
    // All empty arrays share one piece of memory; the stream is looked at all the same.
    var failure: CompressionError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: max(size, 1)) { buffer, initialized in
      do throws(CompressionError) {
        try unsafe Zlib.decompress(
          stream, into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<size]))
        initialized = size
      } catch { failure = error }
    }
    if let failure { throw ModelFormatError(failure) }
    return bytes
  }

  /// Refuses a declared size that DEFLATE cannot reach from what is stored, before anything is allocated.
  static func checkExpansion(stored: Int, declared: Int) throws(ModelFormatError) {
    guard declared / Zlib.maximumExpansion <= stored else {
      throw ModelFormatError(
        .limitExceeded,
        expected: "at most \(Zlib.maximumExpansion) times the \(stored) bytes that are stored",
        found: "\(declared) bytes")
    }
  }
}

extension [UInt8] {
  fileprivate func compressed(strategy: Zlib.Strategy) throws(ModelFormatError) -> [UInt8] {
    try unsafe withBytes { (buffer) throws(ModelFormatError) in
      do throws(CompressionError) { return try unsafe Zlib.compress(buffer, strategy: strategy) } catch {
        throw ModelFormatError(error)
      }
    }
  }
}

extension ModelFormatError {
  /// A failed decompression.
  init(_ error: CompressionError) {
    switch error {
    case .damaged(let message):
      self.init(.damagedStream, expected: "a zlib stream", found: "\"\(message)\"")
    case .truncated:
      self.init(.damagedStream, expected: "a complete zlib stream", found: "one that is cut short")
    case .wrongSize(let expected, let found):
      self.init(.damagedStream, expected: "\(expected) bytes", found: found > expected ? "more" : "\(found)")
    case .trailingBytes(let count):
      self.init(.trailingBytes, expected: "the end of the section", found: "\(count) bytes after the zlib stream")
    case .outOfMemory:
      self.init(.limitExceeded, expected: "memory for zlib", found: "none")
    }
  }
}
