#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A thread of the system with a stack of its own size.
///
/// By default a stack is as large as the limit of this process for its first one (`ulimit -s`), which may be far too
/// small, or eat up the addresses of a process that has few.
package struct SystemThread: Sendable {
  /// Enough for all that runs on a thread here; its addresses are memory only where they are used.
  package static let stackSize = 2 << 20

  private let thread: pthread_t

  /// Starts a thread that calls `body` and ends.
  ///
  /// - Throws: `SystemThreadError` if the system refuses it.
  package init(_ body: @escaping @Sendable () -> Void) throws(SystemThreadError) {
    let context = unsafe Unmanaged.passRetained(ThreadBody(body))
    var attributes = pthread_attr_t()
    var status = unsafe pthread_attr_init(&attributes)
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread: pthread_t? = pthread_t()
    #endif
    if status == 0 {
      status = unsafe pthread_attr_setstacksize(&attributes, SystemThread.stackSize)
      if status == 0 {
        #if canImport(Darwin)
          status = unsafe pthread_create(&thread, &attributes, { enter($0) }, unsafe context.toOpaque())
        #else
          var started = pthread_t()
          status = unsafe pthread_create(
            &started, &attributes, { context in unsafe context.flatMap { unsafe enter($0) } },
            unsafe context.toOpaque())
          thread = started
        #endif
      }
      unsafe pthread_attr_destroy(&attributes)
    }
    guard status == 0, let thread else {
      unsafe context.release()
      throw SystemThreadError(status: status)
    }
    self.thread = thread
  }

  /// Waits until the thread has ended. Once for each thread.
  package func join() { pthread_join(thread, nil) }
}

/// The system refused to start a thread.
package struct SystemThreadError: Error, Equatable {
  /// The error number of the system.
  package let status: Int32
}

private final class ThreadBody: Sendable {
  let call: @Sendable () -> Void

  init(_ call: @escaping @Sendable () -> Void) { self.call = call }
}

private func enter(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  unsafe Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().call()
  return nil
}
