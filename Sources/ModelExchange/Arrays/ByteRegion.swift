import BinaryIO
import ModelFormat

/// Bytes that are a whole of their own inside a file, readable from any place on several threads at once.
///
/// Where the file has a checksum of them, what is handed out has been verified.
protocol ByteRegion: Sendable {
  /// The file, for messages.
  var fileName: String { get }
  var byteCount: Int { get }
  /// Reads that start at a multiple of this many bytes and are so long cost the least.
  var pieceSize: Int { get }
  /// Fills `buffer` with the bytes from `offset` on, all of which the caller knows to be inside.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError)
}

/// A stretch of a file, which has no checksum.
struct FileRegion: ByteRegion {
  private let source: any RandomAccessSource
  private let start: Int
  let byteCount: Int

  var fileName: String { source.name }
  var pieceSize: Int { 1 << 20 }

  /// - Parameters:
  ///   - start: where the stretch begins.
  ///   - byteCount: how long it is; the caller knows that it ends inside the file.
  init(_ source: any RandomAccessSource, at start: Int, byteCount: Int) {
    self.source = source
    self.start = start
    self.byteCount = byteCount
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    let found: Int
    do { found = try unsafe source.read(at: start + offset, into: buffer) } catch { throw ModelFormatError(error) }
    guard found == buffer.count else {
      throw ModelFormatError(
        .truncated, offset: start + offset, expected: "\(buffer.count) bytes of values",
        found: "\(found), although the file was longer")
    }
  }
}
