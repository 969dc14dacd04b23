/// Measures work by the best of several runs: whatever else the machine does only ever makes it slower.
struct Stopwatch {
  /// How often work is run; at least 1.
  let repeats: Int

  /// The shortest time in seconds that `work` took. What it returns is released within that time.
  func best<Result>(of work: () throws -> Result) rethrows -> Double {
    let clock = ContinuousClock()
    var least = Duration.seconds(Int64.max)
    for _ in 0..<max(repeats, 1) {
      least = min(least, try clock.measure { _ = try work() })
    }
    return least / .seconds(1)
  }
}
