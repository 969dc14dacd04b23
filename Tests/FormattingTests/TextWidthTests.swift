import Formatting
import Testing

struct TextWidthTests {
  @Test(arguments: [("", 0), ("abc", 3), ("8×8", 3), ("e\u{301}", 1), ("出力", 4), ("한", 2), ("▁█", 2), ("…", 1)])
  func `The width of a text is that on a terminal`(text: String, width: Int) { #expect(Text.width(text) == width) }

  @Test func `A text that is too long loses its middle`() {
    #expect(Text.elided("transformer.weight", to: 18) == "transformer.weight")
    #expect(Text.elided("transformer.weight", to: 9) == "tran…ight")
    #expect(Text.elided("transformer.weight", to: 1) == "…")
    #expect(Text.elided("出力出力出力", to: 6) == "出…力")
    for columns in 1..<20 { #expect(Text.width(Text.elided("ab出力cde\u{301}fgh漢字ij", to: columns)) <= columns) }
  }

  @Test func `A list that is too long loses whole items`() {
    let list = "conv 8×26×26, relu, maxpool 8×13×13, flatten 1352, affine 10, softmax 10"
    #expect(Text.elided(list, to: 72) == list)
    #expect(Text.elided(list, to: 60) == "conv 8×26×26, relu, …, affine 10, softmax 10")
    #expect(Text.elided(list, to: 40) == "conv 8×26×26, relu, …, softmax 10")
    #expect(Text.elided(list, to: 28) == "conv 8×26×26, …, softmax 10")
    // Items that are far too long are cut as other texts are.
    #expect(Text.elided("a, " + String(repeating: "b", count: 30) + ", c", to: 16) == "a, bbbb…bbbbb, c")
    for columns in 1..<80 { #expect(Text.width(Text.elided(list, to: columns)) <= columns) }
  }

  @Test func `Words are wrapped, and a longer word has a line of its own`() {
    #expect(Text.wrapped("one two  three", to: 7) == ["one two", "three"])
    #expect(Text.wrapped("a verylongword b", to: 5) == ["a", "verylongword", "b"])
    #expect(Text.wrapped("", to: 5).isEmpty)
  }
}
