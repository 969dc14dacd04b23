import BinaryIO
import ModelFormat

/// Reads the header of a GGUF file from its beginning on. Numbers are little-endian.
///
/// No more than a small piece of the file is held, and a string once it is known to be there.
struct GGUFReader {
  private static let bufferSize = 1 << 16

  private let source: any RandomAccessSource
  /// How long the header may be.
  private let maximumPosition: Int
  private var buffer: [UInt8]
  /// Where the buffer begins in the file, and how much of it is filled.
  private var bufferStart = 0
  private var bufferCount = 0
  /// Where the next byte is.
  private(set) var position = 0

  init(_ source: any RandomAccessSource, maximumLength: Int) {
    self.source = source
    maximumPosition = maximumLength
    buffer = [UInt8](repeating: 0, count: min(GGUFReader.bufferSize, max(source.byteCount, 1)))
  }

  /// Refuses to read what the file or the limit does not have.
  private func require(_ count: Int, of what: String) throws(ModelFormatError) {
    guard count <= source.byteCount - position else {
      throw ModelFormatError(
        .truncated, section: "header", offset: position, expected: "\(what), \(count) bytes",
        found: "\(source.byteCount - position) bytes")
    }
    guard count <= maximumPosition - position else {
      throw ModelFormatError(
        .limitExceeded, section: "header", offset: position, expected: "a header of at most \(maximumPosition) bytes",
        found: "more")
    }
  }

  private mutating func fill() throws(ModelFormatError) {
    let (source, start) = (source, position)
    bufferCount = try unsafe buffer.withMutableBytes { (buffer) throws(ModelFormatError) in
      do throws(FileError) { return try unsafe source.read(at: start, into: buffer) } catch {
        throw ModelFormatError(error)
      }
    }
    bufferStart = position
  }

  /// Reads an integer.
  mutating func readInteger<T: FixedWidthInteger>(_: T.Type, _ what: String) throws(ModelFormatError) -> T {
    let size = MemoryLayout<T>.size
    try require(size, of: what)
    if position < bufferStart || position + size > bufferStart + bufferCount { try fill() }
    guard position + size <= bufferStart + bufferCount else { throw shorter(what) }
    let place = position - bufferStart
    position += size
    return unsafe buffer.withUnsafeBytes { unsafe T(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: T.self)) }
  }

  /// Reads a number of things of which each takes at least so many bytes.
  mutating func readCount(_ what: String, eachOfAtLeast size: Int) throws(ModelFormatError) -> Int {
    let start = position
    let count = try readInteger(UInt64.self, what)
    let largest = (source.byteCount - position) / size
    guard let count = Int(exactly: count), count <= largest else {
      throw ModelFormatError(
        .truncated, section: "header", offset: start, expected: "\(what): at most \(largest), for which there are bytes",
        found: "\(count)")
    }
    return count
  }

  /// Reads a string after its length.
  mutating func readString(_ what: String) throws(ModelFormatError) -> String {
    let count = try readCount("the length of \(what)", eachOfAtLeast: 1)
    try require(count, of: what)
    let start = position
    var bytes: [UInt8] = []
    while bytes.count < count {
      if position < bufferStart || position >= bufferStart + bufferCount { try fill() }
      guard bufferCount > position - bufferStart else { throw shorter(what) }
      let part = min(count - bytes.count, bufferStart + bufferCount - position)
      bytes += buffer[position - bufferStart..<position - bufferStart + part]
      position += part
    }
    guard let string = String(validating: bytes, as: UTF8.self) else {
      throw ModelFormatError(
        .malformedValue, section: "header", offset: start, expected: "\(what) in UTF-8", found: "other bytes")
    }
    return string
  }

  /// Passes over bytes.
  mutating func skip(_ count: Int, _ what: String) throws(ModelFormatError) {
    try require(count, of: what)
    position += count
  }

  private func shorter(_ what: String) -> ModelFormatError {
    ModelFormatError(
      .truncated, section: "header", offset: position, expected: what,
      found: "the end of the file, although it was longer")
  }
}
