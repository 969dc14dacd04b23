#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Asks the system for memory whose size comes from a file.
///
/// An array that gets no memory ends the program. A mapping that the system refuses is an error.
enum AvailableMemory {
  /// Throws `limitExceeded` when the system would not give so many bytes. O(1): no memory is touched.
  static func check(byteCount: Int) throws(ModelFormatError) {
    // Below this size the question costs more than it is worth.
    guard byteCount > TensorChunk.size else { return }
    let address = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
    guard let address, address != UnsafeMutableRawPointer(bitPattern: -1) else {
      throw ModelFormatError(.limitExceeded, expected: "memory for \(byteCount) bytes", found: "less")
    }
    munmap(address, byteCount)
  }
}
