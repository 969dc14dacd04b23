import Synchronization

/// Work that several threads share: items are produced side by side, and consumed one at a time in their order.
///
/// Each thread takes the next item, produces it, waits for its turn and consumes it. So one thread may write while the
/// others compute, and there are never more items than threads.
package enum OrderedPipeline {
  /// Calls `produce` for 0..<count on up to `threads` threads, and `consume` with each result in order.
  ///
  /// `consume` is never called on two threads at once.
  /// - Throws: the failure of the first item, in their order, that failed in either function; it is the same one
  ///   whatever the number of threads. Items after it are not consumed.
  package static func run<Item, Failure: Error>(
    count: Int, threads: Int, produce: (Int) throws(Failure) -> Item,
    consume: (Int, Item) throws(Failure) -> Void
  ) throws(Failure) {
    guard min(threads, count) > 1 else {
      for index in 0..<count { try consume(index, try produce(index)) }
      return
    }
    let result = withoutActuallyEscaping(produce) { produce in
      withoutActuallyEscaping(consume) { consume in
        runConcurrently(
          count: count, threads: min(threads, count), Work(produce: produce, consume: consume))
      }
    }
    if let result { throw result }
  }

  private static func runConcurrently<Item, Failure: Error>(
    count: Int, threads: Int, _ work: Work<Item, Failure>
  ) -> Failure? {
    // Where the system refuses a thread, those that there are share the work: it needs no certain number.
    var others: [SystemThread] = []
    while others.count < threads - 1, let thread = try? SystemThread({ work.perform(count) }) { others.append(thread) }
    work.perform(count)
    others.forEach { $0.join() }
    return work.failure
  }

  /// Crosses threads: `produce` is made to, and the turnstile keeps `consume` and `failure` to one thread at a time.
  private final class Work<Item, Failure: Error>: @unchecked Sendable {
    private let produce: (Int) throws(Failure) -> Item
    private let consume: (Int, Item) throws(Failure) -> Void
    private let turnstile = Turnstile()
    private let next = Atomic<Int>(0)
    private(set) var failure: Failure?

    init(
      produce: @escaping (Int) throws(Failure) -> Item, consume: @escaping (Int, Item) throws(Failure) -> Void
    ) {
      self.produce = produce
      self.consume = consume
    }

    /// Takes one item after another until none is left.
    func perform(_ count: Int) {
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        do throws(Failure) {
          let item = try produce(index)
          guard turnstile.enter(index) else { return }
          try consume(index, item)
          turnstile.leave()
        } catch {
          // A failure counts only if nothing before it failed. When it is this item's turn already, `enter` answers
          // at once.
          guard turnstile.enter(index) else { return }
          failure = error
          turnstile.close()
          return
        }
      }
    }
  }
}
