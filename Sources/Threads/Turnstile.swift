import Synchronization

/// Lets threads through one at a time, in the order of their numbers.
///
/// A waiting thread first spins, then sleeps: where turns are short, going to sleep and waking up would take longer than
/// the work between them.
final class Turnstile: Sendable {
  private static let spins = 2_000

  /// The number whose turn it is; `closed` when no one gets in any more.
  private let turn = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let condition = Condition(())

  private static let closed = Int.max

  /// Waits until all lower numbers have left; false when the turnstile was closed meanwhile.
  func enter(_ number: Int) -> Bool {
    for _ in 0..<Self.spins { if let answer = answer(to: number) { return answer } }
    // The sleeper counts itself before it looks, and who changes the turn does that before looking at the count: one of
    // the two sees the other.
    sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
    defer { sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent) }
    return condition.wait { _ in answer(to: number) }
  }

  private func answer(to number: Int) -> Bool? {
    switch turn.load(ordering: .sequentiallyConsistent) {
    case number: true
    case Self.closed: false
    case _: nil
    }
  }

  /// Lets the next number in.
  func leave() { change(to: turn.load(ordering: .relaxed) + 1) }

  /// Turns everyone away from now on.
  func close() { change(to: Self.closed) }

  private func change(to number: Int) {
    turn.store(number, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { condition.signal { _ in } }
  }
}
