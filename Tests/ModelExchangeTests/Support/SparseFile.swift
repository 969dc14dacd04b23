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
}
