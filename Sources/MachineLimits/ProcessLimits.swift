#if canImport(Glibc)
  import CLinux
  import Glibc
#elseif canImport(Musl)
  import CLinux
  import Musl
#else
  import Darwin
#endif

/// The limits that the system sets to this process, and what follows from them before anything else runs.
package enum ProcessLimits {
  /// What the deepest nesting that limits allow was seen to need is 96 KiB; this leaves room.
  private static let leastStack = rlim_t(512 << 10)

  /// Whether the stack of the first thread may not grow as far as a program needs: all work then belongs on a thread that
  /// has a stack of its own.
  package static var hasLittleStack: Bool { limit(RLIMIT_STACK) < leastStack }

  /// Keeps the allocator from setting addresses aside for each thread where they are limited.
  ///
  /// The GNU C library takes 64 MiB of them for the first allocation of every thread, with which a few threads would use
  /// up a limit of a few hundred.
  package static func shareAllocator() {
    #if os(Linux)
      guard min(limit(RLIMIT_AS), limit(RLIMIT_DATA)) < rlim_t(16 << 30) else { return }
      nnkit_use_one_arena()
    #endif
  }

  #if canImport(Glibc)
    private static func limit(_ resource: __rlimit_resource) -> rlim_t {
      var limit = rlimit()
      return unsafe getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 ? limit.rlim_cur : .max
    }
  #else
    private static func limit(_ resource: Int32) -> rlim_t {
      var limit = rlimit()
      return unsafe getrlimit(resource, &limit) == 0 ? limit.rlim_cur : .max
    }
  #endif
}
