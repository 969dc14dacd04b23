import Formatting

/// How far the measuring of losses is.
final class LandscapeProgress {
  private let line: ProgressLine
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant

  init(isVisible: Bool) {
    line = ProgressLine(isVisible: isVisible)
    start = clock.now
  }

  func show(done: Int, of total: Int) {
    line.show {
      let elapsed = (clock.now - start) / .seconds(1)
      let left = elapsed / Double(max(done, 1)) * Double(total - done)
      return "\(ProgressLine.bar(done, of: total))  \(Text.grouped(done)) of \(Text.grouped(total)) points  "
        + "\(Text.grouped(Int(Double(done) / max(elapsed, 1e-9)))) points/s  \(Text.seconds(left)) left"
    }
  }

  func end() { line.clear() }
}
