import BinaryIO

/// A value of the encoding that topology, history, metadata and index are written in.
///
/// It is the deterministic subset of CBOR (RFC 8949) that `specs/` describes: definite lengths, shortest integers,
/// text keys in canonical order, and every number as 64 bits with a single NaN. A value has one encoding only.
package enum StructuredValue: Equatable, Sendable {
  /// One field of an object.
  package struct Field: Equatable, Sendable {
    package let name: String
    package let value: StructuredValue

    package init(name: String, value: StructuredValue) {
      self.name = name
      self.value = value
    }
  }

  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case bytes([UInt8])
  case array([StructuredValue])
  /// Fields in canonical order, each name once.
  case object([Field])

  /// An object from fields in any order. Of two equal names the later one counts.
  package static func object(_ fields: KeyValuePairs<String, StructuredValue?>) -> StructuredValue {
    var sorted: [Field] = []
    for (name, value) in fields {
      guard let value else { continue }
      sorted.removeAll { ByteName($0.name) == ByteName(name) }
      sorted.append(Field(name: name, value: value))
    }
    return .object(sorted.sorted { precedes($0.name, $1.name) })
  }

  /// The canonical order of keys: shorter first, then by bytes (RFC 8949, section 4.2.1, for text keys).
  package static func precedes(_ left: String, _ right: String) -> Bool {
    let (a, b) = (left.utf8, right.utf8)
    return a.count != b.count ? a.count < b.count : a.lexicographicallyPrecedes(b)
  }

  /// What kind of value it is, for messages.
  package var kind: String {
    switch self {
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .number: "a number"
    case .string: "a string"
    case .bytes: "a byte string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension StructuredValue: StructuredEncodable {
  package func write(to writer: inout StructuredWriter) {
    switch self {
    case .boolean(let value): writer.boolean(value)
    case .integer(let value): writer.integer(value)
    case .number(let value): writer.number(value)
    case .string(let value): writer.string(value)
    case .bytes(let value): writer.byteString(value)
    case .array(let elements): writer.array(elements) { $1.write(to: &$0) }
    case .object(let fields):
      writer.object(fields.count) { writer in
        for field in fields { writer.field(field.name) { field.value.write(to: &$0) } }
      }
    }
  }
}
