import Threads

/// Tallies of tensors, each of which one thread at a time holds. What they count is the same whichever thread counts it.
final class TallyPool<Tally: Sendable>: Sendable {
  private let spare: Lock<[[Tally]]>

  init(tensorCount: Int) {
    spare = Lock([[Tally]](repeating: [], count: tensorCount))
  }

  /// A tally of a tensor that no thread holds; nil when there is none.
  func take(_ tensor: Int) -> Tally? { spare.withLock { $0[tensor].popLast() } }

  func giveBack(_ tally: Tally, _ tensor: Int) { spare.withLock { $0[tensor].append(tally) } }

  /// Takes all tallies of a tensor.
  func removeAll(_ tensor: Int) -> [Tally] {
    spare.withLock { tallies in
      defer { tallies[tensor] = [] }
      return tallies[tensor]
    }
  }
}
