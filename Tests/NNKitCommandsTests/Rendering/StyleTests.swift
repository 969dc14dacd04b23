import Testing

@testable import NNKitCommands

struct StyleTests {
  private func isEnabled(_ choice: ColorChoice, terminal: Bool, _ environment: [String: String] = [:]) -> Bool {
    Style(choice, isTerminal: terminal) { environment[$0] }.isEnabled
  }

  @Test func autoNeedsATerminalThatCan() {
    #expect(isEnabled(.auto, terminal: true))
    #expect(!isEnabled(.auto, terminal: false))
    #expect(!isEnabled(.auto, terminal: true, ["NO_COLOR": "1"]))
    // An empty NO_COLOR means nothing, says https://no-color.org.
    #expect(isEnabled(.auto, terminal: true, ["NO_COLOR": ""]))
    #expect(!isEnabled(.auto, terminal: true, ["TERM": "dumb"]))
    #expect(isEnabled(.auto, terminal: true, ["TERM": "xterm"]))
  }

  @Test func alwaysAndNeverAreTakenAtTheirWord() {
    #expect(isEnabled(.always, terminal: false, ["NO_COLOR": "1", "TERM": "dumb"]))
    #expect(!isEnabled(.never, terminal: true))
  }

  @Test func sequencesOnlyWhenEnabled() {
    let styled = Style(.always, isTerminal: false)
    #expect(styled.bold("x") == "\u{1B}[1mx\u{1B}[0m")
    #expect(styled.red("x") == "\u{1B}[31mx\u{1B}[0m")
    let plain = Style(.never, isTerminal: true)
    for text in [plain.bold("x"), plain.dim("x"), plain.red("x"), plain.green("x"), plain.yellow("x")] {
      #expect(text == "x")
    }
  }
}
