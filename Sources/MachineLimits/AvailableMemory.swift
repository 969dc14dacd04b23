#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Asks the system for memory whose size comes from a file or from options.
///
/// An array that gets no memory ends the program. A mapping that the system refuses is an answer.
package enum AvailableMemory {
  /// Below this size the question costs more than it is worth.
  private static let negligible = 1 << 20

  /// The memory of this machine in bytes, or that of the control groups of this process if it is less; `Int.max` where
  /// the system does not say.
  package static let physical: Int = {
    let (pages, size) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    let (bytes, overflow) = Int(pages).multipliedReportingOverflow(by: Int(size))
    let machine = pages > 0 && size > 0 && !overflow ? bytes : .max
    return min(machine, ControlGroupMemory().limit ?? .max)
  }()

  /// Whether the machine has that many bytes and the system would give them. O(1): no memory is touched.
  ///
  /// - Parameter addressSpace: how many more bytes must be left of a limit on addresses (`ulimit -v`, `ulimit -d`), such
  ///   as for the stacks of threads, which have more addresses than memory.
  package static func has(byteCount: Int, addressSpace: Int = 0) -> Bool {
    guard byteCount > negligible || addressSpace > negligible else { return true }
    // Linux promises more memory than there is, and ends the programs that use it.
    guard byteCount <= physical else { return false }
    let (both, overflow) = max(byteCount, 0).addingReportingOverflow(max(addressSpace, 0))
    return !overflow && canMap(both)
  }

  /// The most bytes, up to the machine's memory, that `has` would answer with true. O(log memory).
  package static func largest(addressSpace: Int = 0) -> Int {
    var (low, high) = (0, physical)
    while high - low > negligible {
      let middle = low + (high - low) / 2
      if has(byteCount: middle, addressSpace: addressSpace) { low = middle } else { high = middle }
    }
    return low
  }

  /// Whether the system would map that many bytes now. They are private and writable, which is what limits of addresses
  /// (RLIMIT_AS) and of data (RLIMIT_DATA) count, and nothing is set aside for them.
  private static func canMap(_ byteCount: Int) -> Bool {
    #if canImport(Darwin)
      let flags = MAP_PRIVATE | MAP_ANON
    #else
      let flags = MAP_PRIVATE | MAP_ANON | MAP_NORESERVE
    #endif
    let address = unsafe mmap(nil, max(byteCount, 1), PROT_READ | PROT_WRITE, flags, -1, 0)
    guard let address = unsafe address, unsafe address != UnsafeMutableRawPointer(bitPattern: -1) else { return false }
    unsafe munmap(address, max(byteCount, 1))
    return true
  }

  /// Makes room for `count` more bytes at the end of an array, and for more than that when it grows again and again.
  ///
  /// - Parameter maximumCount: how large the array will ever be.
  /// - Returns: false when the system has no memory for it.
  package static func grow(_ bytes: inout [UInt8], by count: Int, maximumCount: Int) -> Bool {
    let needed = bytes.count + count
    guard needed > bytes.capacity else { return true }
    let (doubled, overflow) = bytes.capacity.multipliedReportingOverflow(by: 2)
    let capacity = max(needed, overflow ? needed : min(doubled, maximumCount))
    guard has(byteCount: capacity) else { return false }
    bytes.reserveCapacity(capacity)
    return true
  }
}
