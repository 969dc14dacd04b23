/// Lets threads through one at a time, in the order of their numbers.
final class Turnstile: Sendable {
  private struct State {
    var turn = 0
    var isClosed = false
  }

  private let condition = Condition(State())

  /// Waits until all lower numbers have left; false when the turnstile was closed meanwhile.
  func enter(_ number: Int) -> Bool {
    condition.wait { state in
      if state.isClosed { false } else if state.turn == number { true } else { nil }
    }
  }

  /// Lets the next number in.
  func leave() {
    condition.signal { $0.turn += 1 }
  }

  /// Turns everyone away from now on.
  func close() {
    condition.signal { $0.isClosed = true }
  }
}
