/// A line on a terminal that shows how far a long job is, redrawn at most ten times a second.
final class ProgressLine {
  private let isVisible: Bool
  private let clock = ContinuousClock()
  private var lastDraw: ContinuousClock.Instant
  private var isDrawn = false

  /// - Parameter isVisible: whether there is a line at all.
  init(isVisible: Bool) {
    self.isVisible = isVisible
    lastDraw = clock.now
  }

  /// Draws the line, unless it was drawn just now. What does not fit in the terminal is cut off.
  func show(_ line: () -> String) {
    let now = clock.now
    guard isVisible, now - lastDraw >= .milliseconds(100) else { return }
    lastDraw = now
    let width = max(StandardStream.error.width - 1, 20)
    Terminal.log("\r" + String(line().prefix(width)) + "\u{1B}[K")
    isDrawn = true
  }

  /// Takes the line away.
  func clear() {
    if isDrawn { Terminal.log("\r\u{1B}[K") }
    isDrawn = false
  }

  /// A bar of 20 characters, filled as far as the job is done.
  static func bar(_ done: Int, of total: Int) -> String {
    let filled = min(20, done * 20 / max(total, 1))
    return String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
  }
}
