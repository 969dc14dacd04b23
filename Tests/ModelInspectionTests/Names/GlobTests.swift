import ModelInspection
import Testing

struct GlobTests {
  @Test(arguments: [
    ("*", "", true), ("*", "any", true), ("a*c", "abbc", true), ("a*c", "abbd", false), ("a?c", "abc", true),
    ("a?c", "ac", false), ("*.weight", "affine1.weight", true), ("*.weight", "affine1.weights", false),
    ("h.*.attn.*", "h.10.attn.bias", true), ("[ab]x", "bx", true), ("[!ab]x", "bx", false), ("[a-c]x", "bx", true),
    ("[^a-c]x", "dx", true), ("[]]", "]", true), ("[a", "[a", true), ("a", "A", false), ("**a**", "xax", true),
    ("\u{E9}", "e\u{301}", false),
  ])
  func `A pattern matches as shells have it`(pattern: String, name: String, isMatch: Bool) {
    #expect(Glob(pattern).matches(name) == isMatch)
  }

  /// Patterns that try every way to share a name out would take years.
  @Test func `Many stars take no time that grows faster than name and pattern`() {
    let glob = Glob(String(repeating: "a*", count: 200) + "b")
    #expect(!glob.matches(String(repeating: "a", count: 5000)))
  }
}
