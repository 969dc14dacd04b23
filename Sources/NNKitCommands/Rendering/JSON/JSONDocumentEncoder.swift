import BinaryIO

/// Writes whatever is `Encodable` as JSON, with the names of fields in snake case.
///
/// Foundation's encoder keeps the fields of an object in a dictionary of strings, which are compared by Unicode
/// equivalence: it loses one of two names that differ in their bytes only, and a long name of combining marks takes it
/// seconds. Here every value becomes text as soon as it is encoded, or is put off if it writes itself.
final class JSONDocumentEncoder: Encoder {
  private enum Kind {
    /// A value without any field, which is an object.
    case none
    case value, array, object
  }

  private var kind = Kind.none
  /// The value; or the elements, separated; or the values of the fields, one after the other.
  private var content: JSONWriter
  private var fields: [JSONField] = []
  fileprivate private(set) var elementCount = 0
  /// What was handed out to be filled, and ends when something else begins.
  private var nested: (key: ByteName?, encoder: JSONDocumentEncoder)?
  private let names: JSONFieldNames

  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  private init(_ content: JSONWriter, _ names: JSONFieldNames) {
    self.content = content
    self.names = names
  }

  static func write(_ value: some Encodable, to writer: inout JSONWriter) throws {
    try write(value, to: &writer, JSONFieldNames())
  }

  private static func write<Value: Encodable>(
    _ value: Value, to writer: inout JSONWriter, _ names: JSONFieldNames
  ) throws {
    // To compare types is quick, and to cast is not: a document may hold millions of numbers.
    if Value.self == Double.self, let value = value as? Double {
      writer.real(value)
    } else if Value.self == Int.self, let value = value as? Int {
      writer.integer(value)
    } else if Value.self == String.self, let value = value as? String {
      writer.string(value)
    } else if Value.self == [Double].self, let values = value as? [Double] {
      writer.array(values) { $0.real($1) }
    } else if Value.self == [Int].self, let values = value as? [Int] {
      writer.array(values) { $0.integer($1) }
    } else if let value = value as? Bool {
      writer.boolean(value)
    } else if let value = value as? any JSONWritable {
      writer.putOff(value)
    } else if let value = value as? Float {
      writer.real(value)
    } else if let value = value as? any BinaryInteger {
      writer.integer(value)
    } else {
      let encoder = JSONDocumentEncoder(writer.sibling, names)
      try value.encode(to: encoder)
      encoder.finish(into: &writer)
    }
  }

  private func finish(into writer: inout JSONWriter) {
    endNested()
    switch kind {
    case .value: writer.append(content)
    case .array: writer.array(content: content)
    case .none, .object: writer.object(content: content, fields)
    }
  }

  private func begin(_ kind: Kind) {
    guard self.kind == .none else { return }
    self.kind = kind
    if kind != .value { content = content.inner }
  }

  private func endNested() {
    guard let (key, encoder) = nested.take() else { return }
    if let key { field(key, encoder.finish) } else { element(encoder.finish) }
  }

  private func field(_ key: ByteName, _ write: (inout JSONWriter) throws -> Void) rethrows {
    let start = content.place
    try write(&content)
    fields.append(content.field(key, from: start))
  }

  private func element(_ write: (inout JSONWriter) throws -> Void) rethrows {
    content.separate(isFirst: elementCount == 0)
    elementCount += 1
    try write(&content)
  }

  /// Writes the value of a field.
  fileprivate func field(_ key: any CodingKey, _ write: (inout JSONWriter) throws -> Void) rethrows {
    endNested()
    try field(names[key.stringValue], write)
  }

  /// Writes an element of an array.
  fileprivate func nextElement(_ write: (inout JSONWriter) throws -> Void) rethrows {
    endNested()
    try element(write)
  }

  /// Writes a value that is all there is.
  fileprivate func single(_ write: (inout JSONWriter) throws -> Void) rethrows {
    kind = .value
    try write(&content)
  }

  fileprivate func encode(_ value: some Encodable, to writer: inout JSONWriter) throws {
    try JSONDocumentEncoder.write(value, to: &writer, names)
  }

  /// What fills a field, or an element of an array, piece by piece.
  fileprivate func nest(_ key: (any CodingKey)?) -> JSONDocumentEncoder {
    endNested()
    let encoder = JSONDocumentEncoder(content.sibling, names)
    nested = (key.map { names[$0.stringValue] }, encoder)
    return encoder
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    begin(.object)
    return KeyedEncodingContainer(JSONFields<Key>(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    begin(.array)
    return JSONElements(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { JSONSingleValue(encoder: self) }
}

private struct JSONFields<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: JSONDocumentEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }
  func encodeNil(forKey key: Key) { encoder.field(key) { $0.null() } }
  func encode(_ value: Double, forKey key: Key) { encoder.field(key) { $0.real(value) } }
  func encode(_ value: Int, forKey key: Key) { encoder.field(key) { $0.integer(value) } }
  func encode(_ value: String, forKey key: Key) { encoder.field(key) { $0.string(value) } }
  func encode(_ value: some Encodable, forKey key: Key) throws {
    try encoder.field(key) { try encoder.encode(value, to: &$0) }
  }
  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { encoder.nest(key).container(keyedBy: type) }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { encoder.nest(key).unkeyedContainer() }
  func superEncoder() -> any Encoder { encoder }
  func superEncoder(forKey key: Key) -> any Encoder { encoder.nest(key) }
}

private struct JSONElements: UnkeyedEncodingContainer {
  let encoder: JSONDocumentEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }
  var count: Int { encoder.elementCount }
  func encodeNil() { encoder.nextElement { $0.null() } }
  func encode(_ value: Double) { encoder.nextElement { $0.real(value) } }
  func encode(_ value: Int) { encoder.nextElement { $0.integer(value) } }
  func encode(_ value: String) { encoder.nextElement { $0.string(value) } }
  func encode(_ value: some Encodable) throws { try encoder.nextElement { try encoder.encode(value, to: &$0) } }
  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    encoder.nest(nil).container(keyedBy: type)
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.nest(nil).unkeyedContainer() }
  func superEncoder() -> any Encoder { encoder.nest(nil) }
}

private struct JSONSingleValue: SingleValueEncodingContainer {
  let encoder: JSONDocumentEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }
  func encodeNil() { encoder.single { $0.null() } }
  func encode(_ value: some Encodable) throws { try encoder.single { try encoder.encode(value, to: &$0) } }
}
