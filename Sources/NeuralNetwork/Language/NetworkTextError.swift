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

  /// One line with the evidence.
  public var summary: String {
    let place = wordNumber.map { "word \($0), \(NetworkTextError.printable(word))" } ?? "network"
    return "\(place): expected \(expected), found \(found)"
  }

  /// Two lines of equal layout: the text, and a caret under what is wrong. Empty if it is about no word.
  public var pointer: [String] {
    guard wordNumber != nil else { return [] }
    let caret = "^" + String(repeating: "~", count: max(range.count - 1, 0))
    return [NetworkTextError.printable(text), String(repeating: " ", count: range.lowerBound) + caret]
  }

  /// The summary, and the pointer below it.
  public var description: String { ([summary] + pointer).joined(separator: "\n  ") }

  /// Whatever would move the caret away from its word becomes a space.
  private static func printable(_ text: String) -> String {
    String(text.map { $0.isWhitespace || $0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 } ? " " : $0 })
  }
}
