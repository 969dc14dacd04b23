import BinaryIO
import ModelFormat

/// A place in the inflated bytes of a member, which moves forward only. For one thread at a time.
final class InflatingCursor {
  private static let inputSize = 1 << 16

  private let source: any RandomAccessSource
  private let entry: ZipEntry
  private let inflater: Inflater
  /// Where the next stored byte is that the inflater has not taken, and where they end.
  private var inputOffset: Int
  private let inputEnd: Int
  /// Stored bytes that have been read, and which of them are left.
  private var input: [UInt8] = []
  private var left = 0..<0
  private var hasEnded = false
  /// How many inflated bytes lie before the place.
  private(set) var position: Int

  /// - Parameter start: where the stored bytes begin.
  init(_ source: any RandomAccessSource, _ entry: ZipEntry, at start: Int) throws(ModelFormatError) {
    self.source = source
    self.entry = entry
    do throws(CompressionError) { inflater = try Inflater() } catch {
      throw InflatingCursor.failure(error, of: entry, at: start)
    }
    (inputOffset, inputEnd, position) = (start, start + entry.storedSize, 0)
  }

  private init(copying other: InflatingCursor) throws(ModelFormatError) {
    (source, entry) = (other.source, other.entry)
    do throws(CompressionError) { inflater = try other.inflater.copy() } catch {
      throw InflatingCursor.failure(error, of: other.entry, at: other.inputOffset)
    }
    (inputOffset, inputEnd, position) = (other.inputOffset, other.inputEnd, other.position)
    hasEnded = other.hasEnded
  }

  /// Another one at the same place. It holds about 40 KiB, and as much again once it reads.
  func copy() throws(ModelFormatError) -> InflatingCursor { try InflatingCursor(copying: self) }

  /// Fills a buffer with the next bytes.
  ///
  /// - Throws: `damagedStream` when there are fewer, or for what is no DEFLATE stream.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    var filled = 0
    while filled < buffer.count {
      let produced = try unsafe step(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      filled += produced
      guard produced > 0 || !hasEnded else {
        throw damaged("\(entry.size) bytes", "\(position)")
      }
    }
  }

  /// Passes over bytes.
  func skip(_ count: Int, _ scratch: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    var left = count
    while left > 0 {
      let part = min(left, scratch.count)
      try unsafe read(into: UnsafeMutableRawBufferPointer(rebasing: scratch[..<part]))
      left -= part
    }
  }

  /// Refuses a stream that goes on, or stored bytes that are left over.
  func finish() throws(ModelFormatError) {
    var beyond: UInt8 = 0
    while !hasEnded {
      let produced = try unsafe withUnsafeMutableBytes(of: &beyond) { (room) -> Result<Int, ModelFormatError> in
        Result { () throws(ModelFormatError) in try unsafe step(into: room) }
      }.get()
      guard produced == 0 else { throw damaged("\(entry.size) bytes", "more") }
    }
    let rest = inputEnd - inputOffset
    guard rest == 0 else { throw damaged("a stream of \(entry.storedSize) bytes", "one that ends \(rest) before") }
  }

  private func step(into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) -> Int {
    guard !hasEnded else { return 0 }
    if left.isEmpty { try refill() }
    let step: Inflater.Step
    do throws(CompressionError) {
      let room = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(1 << 30))
      step = try unsafe input.withBytes { (bytes) throws(CompressionError) in
        try unsafe inflater.step(UnsafeRawBufferPointer(rebasing: bytes[left]), into: room)
      }
    } catch { throw InflatingCursor.failure(error, of: entry, at: inputOffset) }
    left = left.lowerBound + step.consumed..<left.upperBound
    inputOffset += step.consumed
    position += step.produced
    hasEnded = step.isAtEnd
    if !hasEnded, step.consumed == 0, step.produced == 0, inputOffset == inputEnd {
      throw damaged("a complete DEFLATE stream", "one that is cut short")
    }
    return step.produced
  }

  private func refill() throws(ModelFormatError) {
    let count = min(InflatingCursor.inputSize, inputEnd - inputOffset)
    if input.count < count { input = [UInt8](repeating: 0, count: count) }
    try unsafe input.withMutableBytes { (buffer) throws(ModelFormatError) in
      try unsafe FileRegion(source, at: inputOffset, byteCount: count)
        .read(at: 0, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
    }
    left = 0..<count
  }

  private func damaged(_ expected: String, _ found: String) -> ModelFormatError {
    ModelFormatError(
      .damagedStream, offset: inputOffset, expected: "\(expected) in the member \(ByteName(entry.name).quoted)",
      found: found)
  }

  private static func failure(_ error: CompressionError, of entry: ZipEntry, at offset: Int) -> ModelFormatError {
    switch error {
    case .outOfMemory: ModelFormatError(.limitExceeded, expected: "memory for zlib", found: "none")
    case .damaged(let message):
      ModelFormatError(
        .damagedStream, offset: offset, expected: "a DEFLATE stream in the member \(ByteName(entry.name).quoted)",
        found: "\"\(message)\"")
    case .truncated, .wrongSize, .trailingBytes:
      ModelFormatError(
        .damagedStream, offset: offset, expected: "a DEFLATE stream in the member \(ByteName(entry.name).quoted)",
        found: "another")
    }
  }
}
