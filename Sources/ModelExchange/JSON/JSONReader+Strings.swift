import ModelFormat

extension JSONReader {
  /// Reads a string.
  mutating func readString(_ expected: String) throws(ModelFormatError) -> String {
    try expect(UInt8(ascii: "\""), expected)
    var text: [UInt8] = []
    let start = position
    while true {
      let run = position
      skip { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") && $0 >= 0x20 }
      text += bytes[run..<position]
      guard position < bytes.count, bytes[position] >= 0x20 else {
        throw unexpected("the end of the string that starts at byte \(start - 1)")
      }
      position += 1
      if bytes[position - 1] == UInt8(ascii: "\"") { break }
      text += try readEscape()
    }
    guard let string = String(validating: text, as: UTF8.self) else {
      throw malformed(at: start, expected: "valid UTF-8", found: "other bytes")
    }
    return string
  }

  /// The UTF-8 of what follows a backslash.
  private mutating func readEscape() throws(ModelFormatError) -> [UInt8] {
    let start = position - 1
    guard position < bytes.count else { throw unexpected("an escape") }
    position += 1
    switch bytes[position - 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [bytes[position - 1]]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var units = [try readCodeUnit()]
      if UTF16.isLeadSurrogate(units[0]), bytes[position...].starts(with: [0x5C, 0x75]) {
        position += 2
        units.append(try readCodeUnit())
      }
      guard let text = String(validating: units, as: UTF16.self) else {
        throw malformed(at: start, expected: "pairs of surrogates", found: "a single one")
      }
      return Array(text.utf8)
    default:
      throw malformed(at: start, expected: "one of the escapes \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u", found: "another")
    }
  }

  private mutating func readCodeUnit() throws(ModelFormatError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard position < bytes.count, let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else {
        throw unexpected("four hexadecimal digits")
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }
}
