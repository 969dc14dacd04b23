import BinaryIO
import ModelFormat

/// The bytes of a file by their offsets, read a few at a time.
///
/// What is read in order comes in pieces that grow; after a jump they are small again. So a file whose large fields are
/// passed over costs a few kilobytes each, however large they are. For one thread.
final class SourceWindow {
  private static let sizes = 1 << 10...1 << 16

  private let source: any RandomAccessSource
  private var bytes: [UInt8] = []
  private var start = 0
  private var size = SourceWindow.sizes.lowerBound
  /// How many bytes of text and numbers may yet be taken out of the file and kept.
  private var allowance: Int
  private let limit: Int

  var name: String { source.name }
  var byteCount: Int { source.byteCount }

  /// - Parameter limit: how many bytes of text and numbers may be kept.
  init(_ source: any RandomAccessSource, keepingAtMost limit: Int) {
    self.source = source
    self.limit = limit
    allowance = limit
  }

  /// The byte at an offset that is inside of the file.
  ///
  /// - Throws: `truncated` where the file has become shorter; any error of the file.
  @inline(__always)
  func byte(at offset: Int) throws(ModelFormatError) -> UInt8 {
    if offset >= start, offset - start < bytes.count { return bytes[offset - start] }
    try fill(from: offset)
    return bytes[0]
  }

  private func fill(from offset: Int) throws(ModelFormatError) {
    let isNext = offset == start + bytes.count && !bytes.isEmpty
    size = isNext ? min(size * 4, SourceWindow.sizes.upperBound) : SourceWindow.sizes.lowerBound
    bytes = try bytes(at: offset, count: min(size, max(source.byteCount - offset, 1)))
    start = offset
  }

  /// A little-endian number.
  func number<T: FixedWidthInteger & UnsignedInteger>(at offset: Int, _: T.Type) throws(ModelFormatError) -> T {
    var number: T = 0
    for index in 0..<MemoryLayout<T>.size { number |= T(try byte(at: offset + index)) << T(8 * index) }
    return number
  }

  private func bytes(at offset: Int, count: Int) throws(ModelFormatError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let found = try unsafe bytes.withMutableBytes { (buffer) throws(ModelFormatError) in
      do throws(FileError) { return try unsafe source.read(at: offset, into: buffer) } catch {
        throw ModelFormatError(error)
      }
    }
    guard found == count else {
      throw ModelFormatError(
        .truncated, offset: offset, expected: "\(count) bytes", found: "\(found), although the file was longer")
    }
    return bytes
  }

  /// Takes bytes out of the file, to be kept.
  ///
  /// - Throws: `limitExceeded` where all that is kept becomes too much.
  func kept(_ range: Range<Int>) throws(ModelFormatError) -> [UInt8] {
    try keep(byteCount: range.count, at: range.lowerBound)
    return try bytes(at: range.lowerBound, count: range.count)
  }

  /// Counts bytes that are about to be kept.
  ///
  /// - Throws: `limitExceeded` where all that is kept becomes too much.
  func keep(byteCount: Int, at offset: Int) throws(ModelFormatError) {
    guard byteCount <= allowance else {
      throw ModelFormatError(
        .limitExceeded, offset: offset, expected: "at most \(limit) bytes of names, texts and attributes", found: "more"
      )
    }
    allowance -= byteCount
  }
}
