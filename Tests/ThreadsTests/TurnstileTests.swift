import Testing

@testable import Threads

struct TurnstileTests {
  @Test func threadsPassInTheOrderOfTheirNumbers() throws {
    let turnstile = Turnstile()
    let passed = Lock<[Int]>([])
    try WorkerPool(count: 4).run { thread in
      for round in 0..<50 {
        let number = round * 4 + thread
        #expect(turnstile.enter(number))
        passed.withLock { $0.append(number) }
        turnstile.leave()
      }
    }
    #expect(passed.withLock { $0 } == Array(0..<200))
  }

  /// Thread 0 closes while the others wait for a turn that never comes.
  @Test(.timeLimit(.minutes(1))) func whoeverWaitsIsTurnedAwayWhenItCloses() throws {
    let turnstile = Turnstile()
    let turnedAway = Lock(0)
    try WorkerPool(count: 3).run { thread in
      if thread == 0 {
        turnstile.close()
      } else if !turnstile.enter(thread) {
        turnedAway.withLock { $0 += 1 }
      }
    }
    #expect(turnedAway.withLock { $0 } == 2)
    #expect(!turnstile.enter(0))
  }
}
