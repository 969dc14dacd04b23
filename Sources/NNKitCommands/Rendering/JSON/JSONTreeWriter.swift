import BinaryIO

/// Writes a JSON value as UTF-8. O(size of the text).
struct JSONTreeWriter {
  private(set) var bytes: [UInt8] = []
  private let isIndented: Bool

  /// - Parameter isIndented: whether every element and field gets a line of its own.
  init(isIndented: Bool) { self.isIndented = isIndented }

  mutating func write(_ tree: JSONTree, depth: Int = 0) {
    switch tree {
    case .null: append("null")
    case .boolean(let value): append(value ? "true" : "false")
    case .number(let digits): append(digits)
    case .string(let text): write(string: text)
    case .array(let elements):
      write(elements, "[", "]", depth) { writer, element in writer.write(element, depth: depth + 1) }
    case .object(let fields):
      write(fields.sorted { $0.key < $1.key }, "{", "}", depth) { writer, field in
        writer.write(string: field.key.text)
        writer.append(writer.isIndented ? " : " : ":")
        writer.write(field.value, depth: depth + 1)
      }
    }
  }

  private mutating func write<Element>(
    _ elements: [Element], _ start: String, _ end: String, _ depth: Int,
    _ write: (inout JSONTreeWriter, Element) -> Void
  ) {
    append(start)
    for (place, element) in elements.enumerated() {
      if place > 0 { append(",") }
      beginLine(depth + 1)
      write(&self, element)
    }
    if isIndented && elements.isEmpty { append("\n") }
    beginLine(depth)
    append(end)
  }

  private mutating func beginLine(_ depth: Int) {
    guard isIndented else { return }
    append("\n")
    for _ in 0..<depth { append("  ") }
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// RFC 8259, section 7: quotation marks, backslashes and control characters are escaped, all else stands as it is.
  private mutating func write(string text: String) {
    append("\"")
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 0x08: append("\\b")
      case 0x09: append("\\t")
      case 0x0A: append("\\n")
      case 0x0C: append("\\f")
      case 0x0D: append("\\r")
      case 0..<0x20: append("\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
    append("\"")
  }
}
