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
  /// Where the text begins in the file.
  let offset: Int

  /// - Parameters:
  ///   - text: anything but the dictionary, with white space around it, is refused.
  ///   - offset: where the text begins in the file.
  init(_ text: ArraySlice<UInt8>, at offset: Int) throws(NPYError) {
    self.offset = offset
    var parser = LiteralParser(text: Array(text), offset: offset)
    var (typeCode, isFortranOrder, shape): (String?, Bool?, [Int]?)
    try parser.readDictionary { (parser, key) throws(NPYError) in
      switch key {
      case "descr" where typeCode == nil: typeCode = try parser.readTypeCode()
      case "fortran_order" where isFortranOrder == nil: isFortranOrder = try parser.readTruth()
      case "shape" where shape == nil: shape = try parser.readTuple()
      case "descr", "fortran_order", "shape": throw parser.failure("each key once", found: "\(key) twice")
      default:
        throw parser.failure("one of the keys descr, fortran_order and shape", found: key.debugDescription)
      }
    }
    guard let typeCode, let isFortranOrder, let shape else {
      throw NPYError(
        .invalidHeader, offset: offset, expected: "the keys descr, fortran_order and shape",
        found: "a header without one of them")
    }
    (self.typeCode, self.isFortranOrder, self.shape) = (typeCode, isFortranOrder, shape)
  }
}

/// A cursor over the text of a header.
private struct LiteralParser {
  let text: [UInt8]
  let offset: Int
  private var position = 0

  init(text: [UInt8], offset: Int) {
    self.text = text
    self.offset = offset
  }

  mutating func readDictionary(
    _ readValue: (inout LiteralParser, _ key: String) throws(NPYError) -> Void
  ) throws(NPYError) {
    try expect("{")
    while !take("}") {
      let key = try readText()
      try expect(":")
      skipSpace()
      try readValue(&self, key)
      guard !take(",") else { continue }
      try expect("}")
      break
    }
    skipSpace()
    guard position == text.count else { throw failure("the end of the header") }
  }

  mutating func readTypeCode() throws(NPYError) -> String {
    guard !peek("["), !peek("("), !peek("{") else {
      throw NPYError(
        .unsupportedType, offset: offset + position, expected: "one element type", found: "records of several fields",
        advice: "save each field as an array of its own, as with numpy.savez(path, **{n: a[n] for n in a.dtype.names})")
    }
    return try readText()
  }

  mutating func readText() throws(NPYError) -> String {
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

  mutating func readTruth() throws(NPYError) -> Bool {
    if take("True") { return true }
    if take("False") { return false }
    throw failure("True or False")
  }

  mutating func readTuple() throws(NPYError) -> [Int] {
    try expect("(")
    var numbers: [Int] = []
    while !take(")") {
      numbers.append(try readNumber())
      guard !take(",") else { continue }
      // Without a comma, one number in brackets is a number to Python.
      guard numbers.count > 1 else { throw failure("a comma after the only length") }
      try expect(")")
      break
    }
    return numbers
  }

  private mutating func readNumber() throws(NPYError) -> Int {
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

  private mutating func expect(_ token: StaticString) throws(NPYError) {
    guard take(token) else { throw failure("'\(token)'") }
  }

  func failure(_ expected: String, found: String? = nil) -> NPYError {
    let rest = text[position...].prefix(16)
    let next = rest.isEmpty ? "the end of the header" : String(decoding: rest, as: UTF8.self).debugDescription
    return NPYError(.invalidHeader, offset: offset + position, expected: expected, found: found ?? next)
  }
}
