import BinaryIO

/// Makes a JSON value of whatever is `Encodable`, with the names of fields in snake case.
///
/// Foundation's encoder keeps the fields of an object in a dictionary of strings, which are compared by Unicode
/// equivalence: it loses one of two names that differ in their bytes only, and a long name of combining marks takes it
/// seconds.
final class JSONTreeEncoder: Encoder {
  private enum Content {
    case none
    case value(JSONTree)
    case array([JSONTreeEncoder])
    case object([(key: ByteName, value: JSONTreeEncoder)])
  }

  private var content = Content.none
  let codingPath: [any CodingKey]
  let userInfo: [CodingUserInfoKey: Any] = [:]

  private init(_ codingPath: [any CodingKey]) { self.codingPath = codingPath }

  static func tree(_ value: some Encodable) throws -> JSONTree {
    let encoder = JSONTreeEncoder([])
    try encoder.encode(value)
    return encoder.tree
  }

  private var tree: JSONTree {
    switch content {
    // As a value without any field is.
    case .none: .object([])
    case .value(let tree): tree
    case .array(let elements): .array(elements.map(\.tree))
    case .object(let fields): .object(fields.map { ($0.key, $0.value.tree) })
    }
  }

  /// A number or text, without a container: most values are.
  fileprivate func encode(_ value: some Encodable) throws {
    switch value {
    case let value as Double: content = .value(.real(value))
    case let value as Float: content = .value(.real(value))
    case let value as Int: content = .value(.integer(value))
    case let value as String: content = .value(.string(value))
    case let value as Bool: content = .value(.boolean(value))
    case let value as any BinaryInteger: content = .value(.integer(value))
    case let value as any JSONTreeConvertible: content = .value(try value.tree)
    default: try value.encode(to: self)
    }
  }

  fileprivate func encodeNil() { content = .value(.null) }

  fileprivate func beginObject() {
    if case .object = content { return }
    content = .object([])
  }

  fileprivate func beginArray() {
    if case .array = content { return }
    content = .array([])
  }

  fileprivate func field(_ key: any CodingKey) -> JSONTreeEncoder {
    let encoder = JSONTreeEncoder(codingPath + [key])
    guard case .object(var fields) = content else { return encoder }
    content = .none
    fields.append((ByteName(key.stringValue.snakeCased), encoder))
    content = .object(fields)
    return encoder
  }

  fileprivate var elementCount: Int {
    guard case .array(let elements) = content else { return 0 }
    return elements.count
  }

  fileprivate func element() -> JSONTreeEncoder {
    let encoder = JSONTreeEncoder(codingPath)
    guard case .array(var elements) = content else { return encoder }
    content = .none
    elements.append(encoder)
    content = .array(elements)
    return encoder
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    beginObject()
    return KeyedEncodingContainer(JSONFields<Key>(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    beginArray()
    return JSONElements(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { JSONSingleValue(encoder: self) }
}

private struct JSONFields<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: JSONTreeEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }
  func encodeNil(forKey key: Key) { encoder.field(key).encodeNil() }
  func encode(_ value: some Encodable, forKey key: Key) throws { try encoder.field(key).encode(value) }
  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { encoder.field(key).container(keyedBy: type) }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder.field(key).unkeyedContainer()
  }
  func superEncoder() -> any Encoder { encoder }
  func superEncoder(forKey key: Key) -> any Encoder { encoder.field(key) }
}

private struct JSONElements: UnkeyedEncodingContainer {
  let encoder: JSONTreeEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }
  var count: Int { encoder.elementCount }
  func encodeNil() { encoder.element().encodeNil() }
  func encode(_ value: some Encodable) throws { try encoder.element().encode(value) }
  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    encoder.element().container(keyedBy: type)
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.element().unkeyedContainer() }
  func superEncoder() -> any Encoder { encoder.element() }
}

private struct JSONSingleValue: SingleValueEncodingContainer {
  let encoder: JSONTreeEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }
  func encodeNil() { encoder.encodeNil() }
  func encode(_ value: some Encodable) throws { try encoder.encode(value) }
}

extension String {
  /// `standardDeviation` as `standard_deviation`.
  fileprivate var snakeCased: String {
    var text = ""
    for scalar in unicodeScalars {
      if scalar.properties.isUppercase {
        text += "_" + scalar.properties.lowercaseMapping
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
