#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A mutex and what it guards.
///
/// The standard library's own is not known to Thread Sanitizer, which then sees races where there are none. The mutex
/// has an address that does not change, as POSIX demands. So has the value: the sanitizer
/// takes a change of a stored property for one of the whole object, which other threads read before they lock the mutex.
@safe
package final class Lock<Value>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let value: UnsafeMutablePointer<Value>

  package init(_ value: Value) {
    unsafe self.value = .allocate(capacity: 1)
    unsafe self.value.initialize(to: value)
    unsafe mutex = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    // Without attributes it cannot fail on the systems we support.
    unsafe pthread_mutex_init(mutex, nil)
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe mutex.deallocate()
    unsafe value.deinitialize(count: 1)
    unsafe value.deallocate()
  }

  /// Calls `body` while no other thread does.
  package func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return try unsafe body(&value.pointee)
  }

  /// Calls `body` again and again until it has an answer, and sleeps on `condition`, with the mutex released, after
  /// each time that it has none.
  func wait<Answer>(on condition: UnsafeMutablePointer<pthread_cond_t>, for body: (inout Value) -> Answer?) -> Answer {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while true {
      if let answer = unsafe body(&value.pointee) { return answer }
      unsafe pthread_cond_wait(condition, mutex)
    }
  }
}
