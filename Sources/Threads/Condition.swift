#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A state that threads wait for: they sleep until another one has changed it to what they need.
///
/// The condition variable has an address that does not change, as POSIX demands.
@safe
package final class Condition<State>: @unchecked Sendable {
  private let state: Lock<State>
  private let condition: UnsafeMutablePointer<pthread_cond_t>

  package init(_ state: State) {
    self.state = Lock(state)
    unsafe condition = .allocate(capacity: 1)
    unsafe condition.initialize(to: pthread_cond_t())
    // Without attributes it cannot fail on the systems we support.
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe condition.deallocate()
  }

  /// Sleeps until `body` has an answer. It is called with the state locked, at first and after each change.
  package func wait<Answer>(for body: (inout State) -> Answer?) -> Answer {
    unsafe state.wait(on: condition, for: body)
  }

  /// Makes a change with the state locked, and wakes all sleepers.
  package func signal(after change: (inout State) -> Void) {
    state.withLock { state in
      change(&state)
      unsafe pthread_cond_broadcast(condition)
    }
  }
}
