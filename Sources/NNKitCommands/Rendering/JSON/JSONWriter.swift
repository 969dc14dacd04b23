import BinaryIO

/// Writes JSON as UTF-8. O(size of the text), and O(n log n) for the keys of an object.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private let isIndented: Bool
  /// How many arrays and objects are open around what is written next.
  private let depth: Int

  /// - Parameters:
  ///   - isIndented: whether every element and field gets a line of its own.
  ///   - depth: how many arrays and objects are open around the text.
  init(isIndented: Bool, depth: Int = 0) {
    self.isIndented = isIndented
    self.depth = depth
  }

  /// An empty writer for what goes into the place where this one is.
  var sibling: JSONWriter { JSONWriter(isIndented: isIndented, depth: depth) }

  /// An empty writer for what goes into an array or object that is written here.
  var inner: JSONWriter { JSONWriter(isIndented: isIndented, depth: depth + 1) }

  mutating func null() { append("null") }

  mutating func boolean(_ value: Bool) { append(value ? "true" : "false") }

  mutating func integer(_ value: some BinaryInteger) { append(String(value)) }

  /// A finite number whose digits are there.
  mutating func number(_ digits: String) { append(digits) }

  /// The shortest digits that give the number back; a string for what JSON has no number for.
  mutating func real(_ value: some BinaryFloatingPoint & CustomStringConvertible) {
    if value.isNaN { return string("NaN") }
    guard value.isFinite else { return string(value < 0 ? "-Infinity" : "Infinity") }
    append(value.description)
    let count = bytes.count
    if count >= 2, bytes[count - 2] == UInt8(ascii: "."), bytes[count - 1] == UInt8(ascii: "0") {
      bytes.removeLast(2)
    }
  }

  /// RFC 8259, section 7: quotation marks, backslashes and control characters are escaped, all else stands as it is.
  mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
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
    bytes.append(UInt8(ascii: "\""))
  }

  /// - Parameter write: writes one element with the writer that it is given.
  mutating func array<Element>(_ elements: [Element], _ write: (inout JSONWriter, Element) throws -> Void) rethrows {
    var content = inner
    for index in elements.indices {
      content.separate(isFirst: index == 0)
      try write(&content, elements[index])
    }
    array(content: content)
  }

  /// - Parameter write: writes the value of one field with the writer that it is given.
  mutating func object<Value>(
    _ fields: [(key: ByteName, value: Value)], _ write: (inout JSONWriter, Value) throws -> Void
  ) rethrows {
    var content = inner
    var ranges: [(key: ByteName, bytes: Range<Int>)] = []
    for field in fields {
      let start = content.bytes.count
      try write(&content, field.value)
      ranges.append((field.key, start..<content.bytes.count))
    }
    object(content: content, ranges)
  }

  /// Ends the element or field before, if there is one.
  mutating func separate(isFirst: Bool) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    beginLine(depth)
  }

  /// Writes elements that stand, separated, in `content`.
  mutating func array(content: JSONWriter) { enclose("[", content.bytes[...], "]") }

  /// Writes fields in the order of their keys' bytes; also two that a `String` takes for one and the same.
  ///
  /// - Parameters:
  ///   - content: holds their values.
  ///   - fields: where each value stands there.
  mutating func object(content: JSONWriter, _ fields: [(key: ByteName, bytes: Range<Int>)]) {
    append("{")
    if isIndented && fields.isEmpty { append("\n") }
    for (place, field) in fields.sorted(by: { $0.key < $1.key }).enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      beginLine(depth + 1)
      string(field.key.text)
      append(isIndented ? " : " : ":")
      bytes += content.bytes[field.bytes]
    }
    beginLine(depth)
    append("}")
  }

  /// Takes over what another writer wrote.
  mutating func append(_ other: JSONWriter) { bytes += other.bytes }

  private mutating func enclose(_ start: String, _ content: ArraySlice<UInt8>, _ end: String) {
    append(start)
    if isIndented && content.isEmpty { append("\n") }
    bytes += content
    beginLine(depth)
    append(end)
  }

  private mutating func beginLine(_ depth: Int) {
    guard isIndented else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  private mutating func append(_ text: String) {
    // A view of a string hands out its bytes one by one, where a buffer is copied as a whole.
    let isAppended: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { unsafe bytes.append(contentsOf: $0) }
    if isAppended == nil { bytes.append(contentsOf: text.utf8) }
  }
}

/// What says itself how it is written, such as an object whose keys come from a file and are left as they are.
protocol JSONWritable: Encodable {
  func write(to writer: inout JSONWriter)
}

extension JSONWritable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(self)
  }
}
