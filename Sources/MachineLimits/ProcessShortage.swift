#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a limit of this process leaves too little of to run at all.
///
/// Swift ends a program that gets no memory by a signal, or waits for a thread that could not begin. So what every
/// program needs is asked for before anything else.
package enum ProcessShortage: Error, Equatable {
  /// The system does not give `leastMemory` more.
  case memory

  /// What a command on a model of a few kilobytes was seen to need is 12 MiB of addresses; this leaves room.
  package static let leastMemory = 32 << 20
  /// What the deepest nesting that limits allow was seen to need is 96 KiB; this leaves room.
  package static let leastStack = 512 << 10

  /// Throws what there is too little of.
  package static func check() throws(ProcessShortage) {
    guard AvailableMemory.has(byteCount: 0, addressSpace: leastMemory) else { throw .memory }
  }

  /// Whether the stack of the first thread may not grow as far as `leastStack`: all work then belongs on a thread that
  /// has a stack of its own.
  package static var hasLittleStack: Bool {
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_STACK.rawValue)
    #else
      let resource = RLIMIT_STACK
    #endif
    var limit = rlimit()
    return unsafe getrlimit(resource, &limit) == 0 && limit.rlim_cur < leastStack
  }
}
