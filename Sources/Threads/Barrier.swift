import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A point that each of a fixed number of threads reaches before any of them goes on; used again and again.
///
/// A waiting thread first spins, then yields, then sleeps on a condition variable: the barriers within a
/// mini-batch cost less than a microsecond, and threads of an idle pool cost nothing.
package final class Barrier: Sendable {
  private let parties: Int
  private let arrived = Atomic<Int>(0)
  private let generation = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let condition = Condition(())

  private static var spins: Int { 4_000 }
  private static var yields: Int { 200 }

  package init(parties: Int) {
    self.parties = parties
  }

  /// Waits for the other threads. What each of them wrote before is visible to all of them after.
  package func wait() {
    guard parties > 1 else { return }
    let current = generation.load(ordering: .acquiring)
    if arrived.wrappingAdd(1, ordering: .acquiringAndReleasing).newValue == parties {
      arrived.store(0, ordering: .relaxed)
      generation.wrappingAdd(1, ordering: .sequentiallyConsistent)
      if sleepers.load(ordering: .sequentiallyConsistent) > 0 { condition.signal { _ in } }
      return
    }
    for _ in 0..<Self.spins where generation.load(ordering: .acquiring) != current { return }
    for _ in 0..<Self.yields {
      if generation.load(ordering: .acquiring) != current { return }
      sched_yield()
    }
    sleep(through: current)
  }

  /// The sleeper counts itself before it looks at the generation, and the last to arrive changes the
  /// generation before it looks at the count: one of the two sees the other.
  private func sleep(through current: Int) {
    sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
    condition.wait { _ in generation.load(ordering: .sequentiallyConsistent) != current ? () : nil }
    sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent)
  }
}
