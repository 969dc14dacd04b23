import BinaryIO
import ModelFormat

/// Reads JSON (RFC 8259) strictly, value by value, as its caller expects them.
///
/// The decoders of Foundation keep the last of two equal keys without a word and are slow to start; here a key that
/// occurs twice is an error, and nothing is built that the caller does not ask for. Reads of nested values recurse in
/// the caller only, which so bounds their depth.
struct JSONReader {
  /// Where the text is, for messages.
  enum Place {
    /// In a file, from this offset on, in a part that messages call so.
    case file(offset: Int, section: String = "header")
    /// In a string of that name.
    case string(name: String)
  }

  let bytes: [UInt8]
  private let place: Place
  /// Where the next value starts, or the whitespace before it.
  var position = 0

  init(_ bytes: [UInt8], at place: Place) {
    self.bytes = bytes
    self.place = place
  }

  /// The next byte that is no whitespace, which stays in place; nil at the end.
  mutating func peek() -> UInt8? {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    return position < bytes.count ? bytes[position] : nil
  }

  /// Makes sure that nothing but `padding` follows.
  func expectEnd(padding: Set<UInt8>) throws(ModelFormatError) {
    if let index = bytes[position...].firstIndex(where: { !padding.contains($0) }) {
      throw malformed(at: index, expected: "nothing after the value", found: describe(bytes[index]))
    }
  }

  mutating func expect(_ byte: UInt8, _ expected: String) throws(ModelFormatError) {
    guard peek() == byte else { throw unexpected(expected) }
    position += 1
  }

  /// Reads an object. `field` is called with each name and must read the value.
  mutating func readObject(
    _ expected: String, _ field: (inout JSONReader, String) throws(ModelFormatError) -> Void
  ) throws(ModelFormatError) {
    try expect(UInt8(ascii: "{"), expected)
    var names: Set<ByteName> = []
    guard peek() != UInt8(ascii: "}") else { return position += 1 }
    while true {
      guard peek() == UInt8(ascii: "\"") else { throw unexpected("a name in quotation marks") }
      let start = position
      let name = try readString("a name")
      guard names.insert(ByteName(name)).inserted else {
        throw malformed(at: start, expected: "each name once", found: "\(ByteName(name).quoted) twice")
      }
      try expect(UInt8(ascii: ":"), "a colon")
      try field(&self, name)
      guard peek() == UInt8(ascii: ",") else { break }
      position += 1
    }
    try expect(UInt8(ascii: "}"), "a comma or the end of the object")
  }

  /// Reads an array. `element` is called for each element and must read it.
  mutating func readArray(
    _ expected: String, _ element: (inout JSONReader) throws(ModelFormatError) -> Void
  ) throws(ModelFormatError) {
    try expect(UInt8(ascii: "["), expected)
    guard peek() != UInt8(ascii: "]") else { return position += 1 }
    while true {
      try element(&self)
      guard peek() == UInt8(ascii: ",") else { break }
      position += 1
    }
    try expect(UInt8(ascii: "]"), "a comma or the end of the array")
  }

  /// Reads an integer of at least 0 that fits in 63 bits.
  mutating func readCount(_ expected: String) throws(ModelFormatError) -> Int {
    guard let first = peek(), (0x30...0x39).contains(first) else { throw unexpected(expected) }
    let start = position
    guard case .integer(let value) = try readNumber() else {
      throw malformed(at: start, expected: expected, found: "a number with a fraction or an exponent")
    }
    return value
  }

  /// Reads a number: an integer unless it has a fraction or an exponent.
  mutating func readNumber() throws(ModelFormatError) -> StructuredValue {
    _ = peek()
    let start = position
    skip { $0 == UInt8(ascii: "-") }
    let first = position
    let digits = skipDigits()
    var isValid = position - start <= digits + 1 && digits > 0 && (digits == 1 || bytes[first] != 0x30)
    var isInteger = true
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      isInteger = false
      isValid = skipDigits() > 0 && isValid
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      isInteger = false
      if position < bytes.count, [0x2B, 0x2D].contains(bytes[position]) { position += 1 }
      isValid = skipDigits() > 0 && isValid
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard isValid else {
      guard position > start else { throw unexpected("a number") }
      throw malformed(at: start, expected: "a number", found: text.prefix(40).debugDescription)
    }
    if isInteger, let value = Int(text) { return .integer(value) }
    guard !isInteger, let value = Double(text) else {
      throw malformed(at: start, expected: "an integer of 64 bits", found: String(text.prefix(40)))
    }
    return .number(value)
  }

  mutating func skip(_ matches: (UInt8) -> Bool) {
    while position < bytes.count, matches(bytes[position]) { position += 1 }
  }

  private mutating func skipDigits() -> Int {
    let start = position
    skip { (0x30...0x39).contains($0) }
    return position - start
  }

  /// Reads `word`, such as `null`.
  mutating func readWord(_ word: StaticString) throws(ModelFormatError) {
    _ = peek()
    let letters = word.withUTF8Buffer { unsafe Array($0) }
    guard bytes[position...].starts(with: letters) else { throw unexpected("a value") }
    position += letters.count
  }
}

extension JSONReader {
  /// What to say when something else than expected comes next.
  func unexpected(_ expected: String) -> ModelFormatError {
    malformed(
      at: position, expected: expected,
      found: position < bytes.count ? describe(bytes[position]) : "the end of the text")
  }

  func malformed(at position: Int, expected: String, found: String) -> ModelFormatError {
    switch place {
    case .file(let offset, let section):
      ModelFormatError(.malformedValue, section: section, offset: offset + position, expected: expected, found: found)
    case .string(let name):
      ModelFormatError(
        .malformedValue, section: "header", expected: "\(expected) in \(name)",
        found: "\(found) at byte \(position) of it")
    }
  }

  private func describe(_ byte: UInt8) -> String {
    (0x20..<0x7F).contains(byte) ? "'\(Character(Unicode.Scalar(byte)))'" : "byte 0x" + hexadecimal([byte])
  }
}
