/// One word of a description, cut into its name and its arguments.
struct NetworkWord: Sendable {
  struct Argument: Sendable {
    /// nil for an argument that goes by its place.
    let name: String?
    let value: String
    let range: Range<Int>
  }

  /// The whole description.
  let line: String
  /// From 1.
  let number: Int
  /// The word as it was written.
  let text: String
  let range: Range<Int>
  let name: String
  let arguments: [Argument]

  /// Cuts a text into words, at white space outside parentheses.
  static func split(_ text: String) throws(NetworkTextError) -> [NetworkWord] {
    let characters = Array(text)
    var words: [NetworkWord] = []
    var position = 0
    while position < characters.count {
      guard !characters[position].isWhitespace else {
        position += 1
        continue
      }
      var end = position
      var isInside = false
      while end < characters.count, isInside || !characters[end].isWhitespace {
        if characters[end] == "(" { isInside = true }
        if characters[end] == ")" { isInside = false }
        end += 1
      }
      words.append(try NetworkWord(text, characters, position..<end, number: words.count + 1))
      position = end
    }
    return words
  }

  private init(
    _ line: String, _ characters: [Character], _ range: Range<Int>, number: Int
  ) throws(NetworkTextError) {
    self.line = line
    self.number = number
    self.range = range
    text = String(characters[range])
    guard let opening = range.first(where: { characters[$0] == "(" }) else {
      name = text
      arguments = []
      return
    }
    name = String(characters[range.lowerBound..<opening])
    let inner = opening + 1..<max(opening + 1, range.upperBound - 1)
    var pieces: [Argument] = []
    if !inner.allSatisfy({ characters[$0].isWhitespace }) {
      var start = inner.lowerBound
      for end in inner where characters[end] == "," {
        pieces.append(Self.argument(characters, start..<end))
        start = end + 1
      }
      pieces.append(Self.argument(characters, start..<inner.upperBound))
    }
    arguments = pieces
    let parentheses = range.filter { characters[$0] == "(" || characters[$0] == ")" }
    guard parentheses == [opening, range.upperBound - 1], characters[range.upperBound - 1] == ")" else {
      throw error(expected: "one pair of parentheses around the arguments, with ) at the end", found: text)
    }
  }

  /// Cuts white space off, and the name in front of "=".
  private static func argument(_ characters: [Character], _ range: Range<Int>) -> Argument {
    let used = range.filter { !characters[$0].isWhitespace }
    guard let first = used.first, let last = used.last else {
      return Argument(name: nil, value: "", range: range)
    }
    guard let sign = (first...last).first(where: { characters[$0] == "=" }) else {
      return Argument(name: nil, value: String(characters[first...last]), range: first..<last + 1)
    }
    let name = characters[first..<sign].filter { !$0.isWhitespace }
    let value = characters[(sign + 1)..<(last + 1)].drop(while: \.isWhitespace)
    return Argument(name: String(name), value: String(value), range: first..<last + 1)
  }

  func error(_ argument: Argument? = nil, expected: String, found: String) -> NetworkTextError {
    NetworkTextError(text: line, word: self, range: argument?.range, expected: expected, found: found)
  }
}
