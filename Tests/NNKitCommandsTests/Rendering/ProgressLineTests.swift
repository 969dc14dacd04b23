import Testing

@testable import NNKitCommands

struct ProgressLineTests {
  @Test(arguments: [(0, 0), (1, 0), (2, 1), (20, 10), (39, 19), (40, 20), (41, 20)])
  func barsAreFilledAsFarAsTheJobIsDone(done: Int, filled: Int) {
    let bar = ProgressLine.bar(done, of: 40)
    #expect(bar == String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled))
  }

  @Test func aJobOfNothingHasABarToo() {
    #expect(ProgressLine.bar(0, of: 0).count == 20)
  }

  @Test func aLineThatNoOneSeesIsNotMade() {
    let line = ProgressLine(isVisible: false)
    var isMade = false
    line.show {
      isMade = true
      return ""
    }
    line.clear()
    #expect(!isMade)
  }
}
