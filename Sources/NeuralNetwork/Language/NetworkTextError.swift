/// Why a description of a network cannot be read, or its layers do not fit one another.
public struct NetworkTextError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The whole description.
  public let text: String
  /// The number of the word, from 1; nil if it is about no word.
  public let wordNumber: Int?
  /// The word.
  public let word: String
  /// The characters of `text` that it is about: the word, or the argument that is wrong.
  public let range: Range<Int>
  /// What was expected there.
  public let expected: String
  /// What was found there.
  public let found: String

  init(text: String, word: NetworkWord?, range: Range<Int>? = nil, expected: String, found: String) {
    self.text = text
    wordNumber = word?.number
    self.word = word?.text ?? ""
    self.range = range ?? word?.range ?? 0..<0
    self.expected = expected
    self.found = found
  }

  /// One line with the evidence, and two that point at the word: the text, and a caret under it.
  public var description: String {
    guard let wordNumber else { return "network: expected \(expected), found \(found)" }
    // Whatever would move the caret away from its word becomes a space.
    let line = String(text.map { $0.isWhitespace || $0.unicodeScalars.contains { $0.value < 32 } ? " " : $0 })
    let caret =
      String(repeating: " ", count: range.lowerBound) + "^"
      + String(repeating: "~", count: max(range.count - 1, 0))
    return "word \(wordNumber), \(word): expected \(expected), found \(found)\n  \(line)\n  \(caret)"
  }
}
