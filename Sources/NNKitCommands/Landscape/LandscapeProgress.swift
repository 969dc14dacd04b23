import Formatting

/// A bar on a terminal while losses are measured, redrawn at most ten times a second.
final class LandscapeProgress {
  private let isVisible: Bool
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastDraw: ContinuousClock.Instant
  private var isDrawn = false

  init(isVisible: Bool) {
    self.isVisible = isVisible
    start = clock.now
    lastDraw = start
  }

  func show(done: Int, of total: Int) {
    let now = clock.now
    guard isVisible, now - lastDraw >= .milliseconds(100) else { return }
    lastDraw = now
    let width = 20
    let filled = min(width, done * width / max(total, 1))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let elapsed = (now - start) / .seconds(1)
    let left = elapsed / Double(max(done, 1)) * Double(total - done)
    let line =
      "\(bar)  \(Text.grouped(done)) of \(Text.grouped(total)) points  "
      + "\(Text.grouped(Int(Double(done) / max(elapsed, 1e-9)))) points/s  \(Text.seconds(left)) left"
    Terminal.log("\r" + String(line.prefix(max(Terminal.width - 1, 20))) + "\u{1B}[K")
    isDrawn = true
  }

  /// Takes the bar away.
  func end() {
    if isDrawn { Terminal.log("\r\u{1B}[K") }
    isDrawn = false
  }
}
