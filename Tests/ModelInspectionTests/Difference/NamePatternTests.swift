import ModelInspection
import Testing

struct NamePatternTests {
  @Test(arguments: [
    ("*", "", true), ("*", "a.b", true), ("", "", true), ("", "a", false), ("a?c", "abc", true), ("a?c", "ac", false),
    ("conv*.weight", "conv1.weight", true), ("conv*.weight", "conv1.bias", false),
    ("conv*.weight", "conv1.weights", false), ("*a*b*", "xaxxbx", true), ("*a*b*", "xbxxax", false),
    ("a**", "a", true), ("[a]", "[a]", true), ("[a]", "a", false), ("?", "é", true), ("*x", "xxy", false),
  ])
  func `A star stands for any text and a question mark for one character`(
    pattern: String, name: String, matches: Bool
  ) {
    #expect(NamePattern(pattern).matches(name) == matches)
  }

  @Test func `Many stars take no longer than length times length`() {
    let name = String(repeating: "a", count: 20_000)
    #expect(!NamePattern(String(repeating: "*a", count: 50) + "b").matches(name))
  }

  @Test func `Two spellings of a letter are two names`() {
    #expect(!NamePattern("e\u{301}").matches("\u{e9}") && NamePattern("e\u{301}").matches("e\u{301}"))
  }
}
