/// The dictionary in an `.npy` header, which is written as a literal of Python:
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
///
/// It is read as text and never evaluated. Only what NumPy writes is understood: three keys, in any order, with a text, a
/// truth value and a tuple of whole numbers.
struct HeaderLiteral {
  /// NumPy's code for the element type, such as `<f4`.
  let typeCode: String
  let isFortranOrder: Bool
  let shape: [Int]

  /// Why a header is refused: the place in its text, from 0, what should be there and what is.
  struct Failure: Error {
    let position: Int
    let expected: String
    let found: String
  }

  /// - Throws: `Failure` for anything but the dictionary, with white space around it.
  init(_ text: [UInt8]) throws(Failure) {
    var parser = Parser(text: text)
    let entries = try parser.readDictionary()
    guard let typeCode = entries.typeCode, let isFortranOrder = entries.isFortranOrder, let shape = entries.shape else {
      throw Failure(
        position: 0, expected: "the keys descr, fortran_order and shape", found: "a header without one of them")
    }
    self.typeCode = typeCode
    self.isFortranOrder = isFortranOrder
    self.shape = shape
  }
}

/// A cursor over the text of a header.
private struct Parser {
  typealias Failure = HeaderLiteral.Failure
  typealias Entries = (typeCode: String?, isFortranOrder: Bool?, shape: [Int]?)

  let text: [UInt8]
  private var position = 0

  init(text: [UInt8]) { self.text = text }

  mutating func readDictionary() throws(Failure) -> Entries {
    var entries: Entries = (nil, nil, nil)
    try expect("{")
    while !take("}") {
      try readEntry(into: &entries)
      guard !take(",") else { continue }
      try expect("}")
      break
    }
    skipSpace()
    guard position == text.count else { throw failure("the end of the header") }
    return entries
  }

  private mutating func readEntry(into entries: inout Entries) throws(Failure) {
    skipSpace()
    let start = position
    let key = try readText()
    try expect(":")
    switch key {
    case "descr" where entries.typeCode == nil:
      skipSpace()
      guard !peek("["), !peek("(") else {
        throw Failure(position: position, expected: "the code of one element type", found: "a record of several")
      }
      entries.typeCode = try readText()
    case "fortran_order" where entries.isFortranOrder == nil: entries.isFortranOrder = try readTruth()
    case "shape" where entries.shape == nil: entries.shape = try readTuple()
    case "descr", "fortran_order", "shape":
      throw Failure(position: start, expected: "each key once", found: "\(key) twice")
    default:
      throw Failure(
        position: start, expected: "one of the keys descr, fortran_order and shape", found: key.debugDescription)
    }
  }

  private mutating func readText() throws(Failure) -> String {
    skipSpace()
    guard position < text.count, text[position] == UInt8(ascii: "'") || text[position] == UInt8(ascii: "\"") else {
      throw failure("a text in quotes")
    }
    let quote = text[position]
    let start = position + 1
    guard let end = text[start...].firstIndex(of: quote) else { throw failure("a text that ends in its quote") }
    // No text that NumPy writes here holds an escape or a letter beyond ASCII.
    guard text[start..<end].allSatisfy({ (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\\") }) else {
      throw failure("a text of plain ASCII letters")
    }
    position = end + 1
    return String(decoding: text[start..<end], as: UTF8.self)
  }

  private mutating func readTruth() throws(Failure) -> Bool {
    if take("True") { return true }
    if take("False") { return false }
    throw failure("True or False")
  }

  private mutating func readTuple() throws(Failure) -> [Int] {
    try expect("(")
    var numbers: [Int] = []
    while !take(")") {
      numbers.append(try readNumber())
      guard !take(",") else { continue }
      try expect(")")
      break
    }
    return numbers
  }

  private mutating func readNumber() throws(Failure) -> Int {
    skipSpace()
    let digits = text[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard !digits.isEmpty, digits.count <= 19, let number = Int(String(decoding: digits, as: UTF8.self)) else {
      throw failure("a whole number from 0 to \(Int.max)")
    }
    position += digits.count
    // Python 2 marked long whole numbers so.
    _ = take("L")
    return number
  }

  private mutating func skipSpace() {
    while position < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[position]) { position += 1 }
  }

  private func peek(_ token: StaticString) -> Bool {
    unsafe text[position...].starts(with: UnsafeBufferPointer(start: token.utf8Start, count: token.utf8CodeUnitCount))
  }

  private mutating func take(_ token: StaticString) -> Bool {
    skipSpace()
    guard peek(token) else { return false }
    position += token.utf8CodeUnitCount
    return true
  }

  private mutating func expect(_ token: StaticString) throws(Failure) {
    guard take(token) else { throw failure("\(token)") }
  }

  private func failure(_ expected: String) -> Failure {
    let rest = text[position...].prefix(16)
    let found = rest.isEmpty ? "the end of the header" : String(decoding: rest, as: UTF8.self).debugDescription
    return Failure(position: position, expected: expected, found: found)
  }
}
