import BinaryIO
import TestSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files that are large and take no room.
enum SparseFile {
  /// Makes a file longer by zeros that are not stored.
  static func extend(_ path: String, by count: Int) throws {
    var status = stat()
    guard stat(path, &status) == 0, truncate(path, status.st_size + off_t(count)) == 0 else {
      throw FileError(operation: .write, path: path, reason: .system(errno))
    }
  }
  /// Writes bytes after the end of a file.
  static func append(_ bytes: [UInt8], to path: String) throws {
    guard let stream = fopen(path, "ab") else {
      throw FileError(operation: .open, path: path, reason: .system(errno))
    }
    let isWritten = fwrite(bytes, 1, bytes.count, stream) == bytes.count
    guard fclose(stream) == 0, isWritten else {
      throw FileError(operation: .write, path: path, reason: .system(errno))
    }
  }
}
