import Hashing
import Testing

@testable import NNKitCommands

/// Lines of digests, written and read.
struct DigestLineTests {
  private static let hex = String(repeating: "0123456789abcdef", count: 4)

  private func line(_ path: String, _ tensor: String? = nil) throws -> DigestLine {
    DigestLine(digest: try #require(SHA256Digest(DigestLineTests.hex)), path: path, tensor: tensor)
  }

  @Test func `a line is that of sha256sum, with a tensor after a tab`() throws {
    #expect(try line("a model.nnk").text == DigestLineTests.hex + "  a model.nnk")
    #expect(try line("m.nnk", "conv1.weight").text == DigestLineTests.hex + "  m.nnk\tconv1.weight")
  }

  @Test func `what a terminal would act on is escaped`() throws {
    #expect(try line("a\nb\\").text == "\\" + DigestLineTests.hex + "  a\\u{a}b\\\\")
    #expect(try line("a", "\u{1B}[1m\t\u{202E}").text == "\\" + DigestLineTests.hex + "  a\t\\u{1b}[1m\\u{9}\\u{202e}")
  }

  @Test(arguments: [
    "a", " a", "a b", "a\tb", "a\\b", "\\", "\u{0}", "é", "e\u{301}", "\u{301}", "{}", "u{41}", "a\r\n",
  ])
  func `every line is read as it was written`(name: String) throws {
    for original in [try line(name), try line("f", name), try line(name, name), try line("f", "")] {
      let read = try #require(DigestLine(original.text[...]))
      #expect(read.digest == original.digest)
      #expect(Array(read.path.utf8) == Array(original.path.utf8))
      #expect(read.tensor.map { Array($0.utf8) } == original.tensor.map { Array($0.utf8) })
    }
  }

  @Test func `digits may be capitals, and a star may mark a binary file`() throws {
    #expect(DigestLine("\(DigestLineTests.hex.uppercased()) *f") == (try line("f")))
  }

  @Test(arguments: [
    "", "hello", hex, hex + " ", hex + "  ", hex + " f", hex + "\tf", hex.dropLast() + "  f",
    "g" + hex.dropFirst() + "  f",
    "\\" + hex + "  a\\", "\\" + hex + "  a\\n", "\\" + hex + "  a\\u{", "\\" + hex + "  a\\u{d800}",
    "\\" + hex + "  a\\u{}",
    "\\" + hex + "  a\\ub", hex + "  \ttensor",
  ])
  func `anything else is no such line`(text: String) {
    #expect(DigestLine(text[...]) == nil)
  }
}
