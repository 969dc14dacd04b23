import BinaryIO
import TestSupport
import Testing

struct ByteNameTests {
  @Test func twoSpellingsOfOneLetterAreTwoNames() {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    #expect(composed == decomposed)
    #expect(ByteName(composed) != ByteName(decomposed))
    #expect(Set([ByteName(composed), ByteName(decomposed), ByteName(composed)]).count == 2)
    let values = [ByteName(composed): 1, ByteName(decomposed): 2]
    #expect(values[ByteName("caf\u{E9}")] == 1 && values[ByteName("cafe\u{301}")] == 2)
    #expect(values[ByteName("cafe")] == nil)
  }

  @Test func theOrderIsThatOfTheBytes() {
    let names = ["", "Z", "a", "a\u{0}", "aa", "b", "e\u{301}", "\u{E9}", "名", "🧠"]
    let sorted = names.shuffled().map { ByteName($0) }.sorted()
    #expect(sorted == names.map { ByteName($0) })
    #expect(!(ByteName("a") < ByteName("a")))
  }

  @Test(arguments: 0..<20) func keysAreFoundWhateverTheirLength(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    // Short strings are kept in place, long ones elsewhere, and substrings share the memory of others.
    let letters: [Character] = ["a", "é", "e", "\u{301}", "🧠", "\u{0}", "."]
    let texts = (0..<60).map { _ in
      String((0..<Int.random(in: 0...40, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a" })
    }
    var byName: [ByteName: [UInt8]] = [:]
    for text in texts { byName[ByteName(text)] = Array(text.utf8) }
    #expect(byName.count == Set(texts.map { Array($0.utf8) }).count)
    for text in texts {
      #expect(byName[ByteName(text)] == Array(text.utf8))
      #expect(byName[ByteName(String(("." + text).unicodeScalars.dropFirst()))] == Array(text.utf8))
    }
  }

  @Test func `A message shows 120 scalars of a name, and how many bytes it has`() {
    let name = String(repeating: "é", count: 120)
    #expect(ByteName(name).excerpt == name && ByteName(name).quoted == "\"\(name)\"")
    #expect(ByteName(name + "x").excerpt == name + "… (241 bytes)")
    #expect(ByteName(name + "x").quoted == "\"\(name)\"… (241 bytes)")
    #expect(ByteName("").quoted == "\"\"" && ByteName("a\n").quoted == "\"a\\n\"")
  }

  @Test func `A case is found by the bytes of its name alone`() {
    enum Letter: String, CaseIterable { case composed = "\u{E9}", plain = "e" }
    #expect(Letter(named: "\u{E9}") == .composed && Letter(named: "e") == .plain)
    #expect(Letter(rawValue: "e\u{301}") == .composed)
    #expect(Letter(named: "e\u{301}") == nil && Letter(named: "") == nil)
  }
}
