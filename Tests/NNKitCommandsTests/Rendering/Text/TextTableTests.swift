import Formatting
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

  private var wide: TextTable {
    var table = TextTable([
      .init("name", .left, isElastic: true), .init("shape", .right), .init("mean", .right, rank: 1),
      .init("histogram", .left, rank: 2),
    ])
    table.append(["a.long.name.that.has.a.lot.to.say.weight", "10×20", "-0.25", "▁▂▃▄▅▆▇█"])
    table.append(["b", "1", "1", "█"])
    return table
  }

  @Test(arguments: 12...100)
  func `No line is wider than the terminal where that is possible at all`(width: Int) {
    let lines = wide.lines(plain, width: width)
    #expect(lines.count >= 3)
    // 12 columns of a name, 5 of a shape, and the spaces; or two spaces and the word "histogram):".
    #expect(lines.allSatisfy { Text.width($0) <= max(width, 22) }, "\(lines)")
  }

  @Test func `Columns go by their rank, then names get shorter; a pipe gets everything`() {
    #expect(wide.lines(plain)[1] == "  a.long.name.that.has.a.lot.to.say.weight  10×20  -0.25  ▁▂▃▄▅▆▇█")
    #expect(wide.lines(plain, width: 68)[1] == "  a.long.name.that.has.a.lot.to.say.weight  10×20  -0.25  ▁▂▃▄▅▆▇█")
    #expect(wide.lines(plain, width: 66)[1] == "  a.long.name.that.ha…a.lot.to.say.weight  10×20  -0.25  ▁▂▃▄▅▆▇█")
    #expect(wide.lines(plain, width: 51)[1] == "  a.long.name…o.say.weight  10×20  -0.25  ▁▂▃▄▅▆▇█")
    #expect(wide.lines(plain, width: 40)[1] == "  a.long.name…o.say.weight  10×20  -0.25")
    #expect(wide.lines(plain, width: 21)[1] == "  a.lon…weight  10×20")
  }

  @Test func `Columns that there is no room for are named below the table, and what shows them`() {
    #expect(wide.lines(plain, width: 68).count == 3)
    #expect(
      wide.lines(plain, width: 40).dropFirst(3) == [
        "  1 column left out (histogram): a wider", "  terminal or a pipe shows it",
      ])
    #expect(
      wide.lines(plain, width: 21, orWith: "--format csv").dropFirst(3).joined()
        == [
          "  2 columns left out", "  (mean, histogram): a", "  wider terminal, a", "  pipe or --format csv",
          "  shows them",
        ].joined())
    #expect(
      wide.lines(Style(.always, isTerminal: false), width: 40).last == "\u{1B}[2m  terminal or a pipe shows it\u{1B}[0m"
    )
  }

  @Test func `A table whose columns have no content does not name them`() {
    var table = TextTable([.init("a"), .init("empty", rank: 1), .init("b", rank: 2)])
    table.append(["123456789", "", "1"])
    #expect(table.lines(plain, width: 12).dropFirst(2).first == "  1 column left out")
    #expect(table.lines(plain, width: 80) == ["  a          b", "  123456789  1"])
  }
}
