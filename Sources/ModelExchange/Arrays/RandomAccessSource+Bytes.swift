import BinaryIO
import ModelFormat

extension RandomAccessSource {
  /// Bytes that the caller knows to be there.
  ///
  /// - Throws: `truncated` when the file has become shorter meanwhile.
  func bytes(at offset: Int, count: Int) throws(ModelFormatError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let found = try unsafe bytes.withMutableBytes { (buffer) throws(ModelFormatError) in
      do throws(FileError) { return try unsafe read(at: offset, into: buffer) } catch { throw ModelFormatError(error) }
    }
    guard found == count else {
      throw ModelFormatError(.truncated, offset: offset, expected: "\(count) bytes", found: "\(found)")
    }
    return bytes
  }
}
