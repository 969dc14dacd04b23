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
    let whole = String(characters[range])
    guard let opening = range.first(where: { characters[$0] == "(" }) else {
      (text, name, arguments) = (whole, whole, [])
      return
    }
    name = String(characters[range.lowerBound..<opening])
    let end = (opening + 1..<range.upperBound).first { characters[$0] == "(" || characters[$0] == ")" }
    guard let end, characters[end] == ")" else {
      // What follows was meant for words of their own.
      text = String(whole.prefix { !$0.isWhitespace })
      arguments = []
      throw error(
        opening..<opening + 1, expected: "a ) that closes the parenthesis",
        found: end == nil ? "none" : "another ( before it")
    }
    text = whole
    let inner = opening + 1..<end
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
    guard end == range.upperBound - 1 else {
      let rest = end + 1..<range.upperBound
      throw error(
        rest, expected: "a space, or nothing, after the parentheses", found: String(characters[rest]).debugDescription)
    }
    if let place = pieces.firstIndex(where: { $0.name == nil && $0.value.isEmpty }) {
      let comma = place == 0 ? pieces[place].range.upperBound : pieces[place].range.lowerBound - 1
      throw error(
        comma..<comma + 1, expected: "an argument", found: "nothing \(place == 0 ? "before" : "after") the comma")
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

  private func error(_ range: Range<Int>, expected: String, found: String) -> NetworkTextError {
    NetworkTextError(text: line, word: self, range: range, expected: expected, found: found)
  }
}
