import ModelFormat

/// Structured values as JSON (RFC 8259), so that nothing is lost on the way there and back.
///
/// A number always has a fraction or an exponent, an integer never has. JSON has no word for what is not finite: NaN
/// is `null`, and infinities are ±1e999, which every reader of 64-bit numbers rounds to them. Bytes have no form.
extension StructuredValue {
  /// The text of this value.
  var json: String {
    var text = ""
    appendJSON(to: &text)
    return text
  }

  private func appendJSON(to text: inout String) {
    switch self {
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value):
      text += value.isNaN ? "null" : value.isInfinite ? (value < 0 ? "-1e999" : "1e999") : value.description
    case .string(let value): StructuredValue.appendJSON(value, to: &text)
    case .bytes: text += "null"
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += "," }
        element.appendJSON(to: &text)
      }
      text += "]"
    case .object(let fields):
      text += "{"
      for (index, field) in fields.enumerated() {
        if index > 0 { text += "," }
        StructuredValue.appendJSON(field.name, to: &text)
        text += ":"
        field.value.appendJSON(to: &text)
      }
      text += "}"
    }
  }

  /// Appends a string in quotation marks, escaped where JSON demands it and nowhere else.
  static func appendJSON(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\u{8}": text += "\\b"
      case "\u{C}": text += "\\f"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\0"..<" ":
        text += scalar.value < 16 ? "\\u000" : "\\u00"
        text += String(scalar.value, radix: 16)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  /// The value that a text stands for.
  ///
  /// - Parameter name: what messages call the text.
  /// - Throws: `malformedValue`, or `limitExceeded` for values nested too deeply.
  init(json text: String, name: String, limits: DecodingLimits) throws(ModelFormatError) {
    var reader = JSONReader(Array(text.utf8), at: .string(name: name))
    self = try reader.readValue(name, limits)
    try reader.expectEnd(padding: [0x20, 0x09, 0x0A, 0x0D])
  }
}

extension JSONReader {
  /// Reads any value.
  ///
  /// - Parameter name: what messages call the text.
  mutating func readValue(_ name: String, _ limits: DecodingLimits) throws(ModelFormatError) -> StructuredValue {
    try readValue(name, depth: 0, limits)
  }

  private mutating func readValue(
    _ name: String, depth: Int, _ limits: DecodingLimits
  ) throws(ModelFormatError) -> StructuredValue {
    guard depth <= limits.nesting else {
      throw ModelFormatError(
        .limitExceeded, section: "header", expected: "values nested at most \(limits.nesting) deep in \(name)",
        found: "deeper nesting")
    }
    switch peek() {
    case UInt8(ascii: "{"):
      var fields: [StructuredValue.Field] = []
      try readObject("an object") { (reader, field) throws(ModelFormatError) in
        let value = try reader.readValue(name, depth: depth + 1, limits)
        fields.append(StructuredValue.Field(name: field, value: value))
      }
      return .object(fields.sorted { StructuredValue.precedes($0.name, $1.name) })
    case UInt8(ascii: "["):
      var elements: [StructuredValue] = []
      try readArray("an array") { (reader) throws(ModelFormatError) in
        elements.append(try reader.readValue(name, depth: depth + 1, limits))
      }
      return .array(elements)
    case UInt8(ascii: "\""): return .string(try readString("a string"))
    case UInt8(ascii: "t"):
      try readWord("true")
      return .boolean(true)
    case UInt8(ascii: "f"):
      try readWord("false")
      return .boolean(false)
    case UInt8(ascii: "n"):
      try readWord("null")
      return .number(.nan)
    default: return try readNumber()
    }
  }
}
