#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Asks the system to back memory with large pages: to get hundreds of megabytes in pages of 4 KiB takes about as long
/// as to decode what goes into them.
package enum LargePages {
  /// The size of a large page on x86-64 and on arm64 with small pages of 4 KiB.
  private static let size = 1 << 21

  /// A hint for the large pages that are wholly inside `memory`; where there are none, nothing happens.
  package static func advise(_ memory: UnsafeMutableRawBufferPointer) {
    #if os(Linux)
      guard let base = memory.baseAddress, memory.count >= 2 * size else { return }
      let padding = (size - Int(bitPattern: base) % size) % size
      _ = unsafe madvise(base + padding, (memory.count - padding) / size * size, MADV_HUGEPAGE)
    #endif
  }
}
