import Testing

@testable import NNKitCommands

struct TextTableTests {
  private let plain = Style(.never, isTerminal: false)

  @Test func columnsAreAligned() {
    var table = TextTable([("name", .left), ("count", .right)])
    table.append(["a", "1"])
    table.append(["longer", "1,000"])
    #expect(table.lines(plain) == ["  name    count", "  a           1", "  longer  1,000"])
  }

  @Test func widthIsCountedInCharacters() {
    var table = TextTable([("shape", .left), ("x", .left)])
    table.append(["8×8", "1"])
    table.append(["e\u{301}", "2"])
    #expect(table.lines(plain) == ["  shape  x", "  8×8    1", "  e\u{301}      2"])
  }

  @Test func columnsWithoutContentAreLeftOut() {
    var table = TextTable([("a", .left), ("empty", .right), ("b", .left)])
    table.append(["1", "", "2"])
    table.append(["3", "", ""])
    #expect(table.lines(plain) == ["  a  b", "  1  2", "  3"])
  }

  @Test func onlyTheTitlesAreDim() {
    var table = TextTable([("a", .left)])
    table.append(["1"])
    #expect(table.lines(Style(.always, isTerminal: false)) == ["\u{1B}[2m  a\u{1B}[0m", "  1"])
  }

  @Test func `A cell of more than 48 characters moves the rest of its own row only`() {
    let long = String(repeating: "x", count: 49)
    var table = TextTable([("name", .left), ("count", .right)])
    table.append([long, "1"])
    table.append(["short", "2"])
    #expect(table.lines(plain) == ["  name   count", "  \(long)      1", "  short      2"])
  }
}
