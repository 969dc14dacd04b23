import BinaryIO

/// Writes JSON as UTF-8. O(size of the text), and O(n log n) for the keys of an object.
///
/// What writes itself (`JSONWritable`) may be as long as a file wants: in a document its place is kept, and it is written
/// last, on the way out. So no more is held than the text of everything else and a small buffer.
struct JSONWriter {
  /// What is to be written at a place of the text.
  private struct Deferred {
    var position: Int
    let value: any JSONWritable
    let depth: Int
  }

  /// What goes out is gathered up to this size.
  private static let bufferSize = 1 << 16

  /// The text so far, or what of it has not gone out.
  private(set) var bytes: [UInt8] = []
  private var deferred: [Deferred] = []
  private let isIndented: Bool
  /// How many arrays and objects are open around what is written next.
  private var depth: Int
  /// Where the text goes; nil where it is kept.
  private var output: (([UInt8]) throws -> Void)?
  /// The first failure of the output, which `send` throws; nothing goes out afterwards.
  private var failure: (any Error)?

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

  mutating func integer(_ value: some BinaryInteger) {
    // A digit needs no string.
    if 0..<10 ~= value { bytes.append(UInt8(ascii: "0") + UInt8(value)) } else { append(String(value)) }
  }

  /// A finite number whose digits are there.
  mutating func number(_ digits: String) { append(digits) }

  /// The shortest digits that give the number back; a string for what JSON has no number for.
  mutating func real(_ value: some BinaryFloatingPoint & CustomStringConvertible) {
    if value.isNaN { return string("NaN") }
    guard value.isFinite else { return string(value < 0 ? "-Infinity" : "Infinity") }
    // Whole numbers of a few digits are frequent, and `description` takes long.
    if let whole = Int32(exactly: value), whole.magnitude < 1_000_000, whole != 0 || value.sign == .plus {
      return integer(whole)
    }
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
      sendBuffer()
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// - Parameter write: writes one element with the writer that it is given.
  mutating func array<Element>(_ elements: [Element], _ write: (inout JSONWriter, Element) throws -> Void) rethrows {
    begin("[", isEmpty: elements.isEmpty)
    for index in elements.indices {
      separate(isFirst: index == 0)
      try write(&self, elements[index])
      sendBuffer()
    }
    end("]")
  }

  /// - Parameter write: writes the value of one field with the writer that it is given.
  mutating func object<Value>(
    _ fields: [(key: ByteName, value: Value)], _ write: (inout JSONWriter, Value) throws -> Void
  ) rethrows {
    begin("{", isEmpty: fields.isEmpty)
    let order = fields.indices.sorted { fields[$0].key < fields[$1].key }
    for (place, index) in order.enumerated() {
      begin(field: fields[index].key, isFirst: place == 0)
      try write(&self, fields[index].value)
      sendBuffer()
    }
    end("}")
  }

  /// Ends the element or field before, if there is one.
  mutating func separate(isFirst: Bool) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    beginLine()
  }

  /// Writes elements that stand, separated, in `content`.
  mutating func array(content: JSONWriter) {
    begin("[", isEmpty: content.bytes.isEmpty && content.deferred.isEmpty)
    append(content)
    end("]")
  }

  /// Writes fields in the order of their keys' bytes; also two that a `String` takes for one and the same.
  ///
  /// - Parameters:
  ///   - content: holds their values.
  ///   - fields: where each value stands there.
  mutating func object(content: JSONWriter, _ fields: [JSONField]) {
    begin("{", isEmpty: fields.isEmpty)
    for (place, field) in fields.sorted(by: { $0.key < $1.key }).enumerated() {
      begin(field: field.key, isFirst: place == 0)
      append(content, field)
    }
    end("}")
  }

  /// A field whose value stands in the text so far from a place on.
  func field(_ key: ByteName, from start: (byte: Int, deferred: Int)) -> JSONField {
    JSONField(key: key, bytes: start.byte..<bytes.count, deferred: start.deferred..<deferred.count)
  }

  /// The end of the text so far.
  var place: (byte: Int, deferred: Int) { (bytes.count, deferred.count) }

  /// Takes over what another writer wrote.
  mutating func append(_ other: JSONWriter) {
    append(
      other, JSONField(key: "", bytes: 0..<other.bytes.count, deferred: 0..<other.deferred.count))
  }

  private mutating func append(_ other: JSONWriter, _ part: JSONField) {
    let shift = bytes.count - part.bytes.lowerBound
    for var value in other.deferred[part.deferred] {
      value.position += shift
      deferred.append(value)
    }
    bytes += other.bytes[part.bytes]
  }

  /// Keeps the place of a value, which is written on the way out.
  mutating func putOff(_ value: any JSONWritable) {
    deferred.append(Deferred(position: bytes.count, value: value, depth: depth))
  }

  private mutating func begin(_ bracket: String, isEmpty: Bool) {
    append(bracket)
    if isIndented && isEmpty { append("\n") }
    depth += 1
  }

  private mutating func begin(field key: ByteName, isFirst: Bool) {
    separate(isFirst: isFirst)
    string(key.text)
    append(isIndented ? " : " : ":")
  }

  private mutating func end(_ bracket: String) {
    depth -= 1
    beginLine()
    append(bracket)
  }

  private mutating func beginLine() {
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

/// A field of an object: where its value stands in a text that has no more than values.
struct JSONField {
  let key: ByteName
  let bytes: Range<Int>
  /// Those of the values to be written later that belong to it.
  let deferred: Range<Int>
}

extension JSONWriter {
  /// Sends the text, a line end, and on the way what was put off.
  ///
  /// - Throws: the first error of `output`.
  consuming func send(to output: @escaping ([UInt8]) throws -> Void) throws {
    var writer = sibling
    writer.output = output
    var sent = 0
    for value in deferred {
      writer.bytes += bytes[sent..<value.position]
      sent = value.position
      writer.depth = value.depth
      value.value.write(to: &writer)
    }
    writer.bytes += bytes[sent...]
    writer.append("\n")
    writer.sendAll()
    if let failure = writer.failure { throw failure }
  }

  private mutating func sendBuffer() {
    if output != nil, bytes.count >= JSONWriter.bufferSize { sendAll() }
  }

  private mutating func sendAll() {
    guard let output else { return }
    if failure == nil {
      do { try output(bytes) } catch { failure = error }
    }
    bytes.removeAll(keepingCapacity: true)
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
