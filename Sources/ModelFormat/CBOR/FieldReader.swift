import BinaryIO

/// Takes the fields of an object apart, with an error that names the field.
package struct FieldReader {
  let fields: [StructuredValue.Field]
  /// Where the object is, for messages: `topology.layers[2]`.
  let path: String

  package init(_ value: StructuredValue, path: String) throws(ModelFormatError) {
    guard case .object(let fields) = value else {
      throw ModelFormatError(.invalidField, expected: "an object at \(path)", found: value.kind)
    }
    self.fields = fields
    self.path = path
  }

  private func value(_ name: String) -> StructuredValue? {
    fields.first { ByteName($0.name) == ByteName(name) }?.value
  }

  package func has(_ name: String) -> Bool { value(name) != nil }

  private func mismatch(_ name: String, _ expected: String) -> ModelFormatError {
    ModelFormatError(
      .invalidField, expected: "\(expected) at \(path).\(name)", found: value(name)?.kind ?? "no such field")
  }

  package func string(_ name: String) throws(ModelFormatError) -> String {
    guard case .string(let value) = value(name) else { throw mismatch(name, "a string") }
    return value
  }

  package func optionalString(_ name: String) throws(ModelFormatError) -> String? {
    has(name) ? try string(name) : nil
  }

  package func number(_ name: String) throws(ModelFormatError) -> Double {
    guard case .number(let value) = value(name) else { throw mismatch(name, "a number") }
    return value
  }

  package func count(_ name: String) throws(ModelFormatError) -> Int {
    guard case .integer(let value) = value(name), value >= 0 else {
      throw mismatch(name, "an integer of at least 0")
    }
    return value
  }

  package func bytes(_ name: String) throws(ModelFormatError) -> [UInt8] {
    guard case .bytes(let value) = value(name) else { throw mismatch(name, "a byte string") }
    return value
  }

  package func array(_ name: String) throws(ModelFormatError) -> [StructuredValue] {
    guard case .array(let elements) = value(name) else { throw mismatch(name, "an array") }
    return elements
  }

  package func shape(_ name: String) throws(ModelFormatError) -> [Int] {
    var dimensions: [Int] = []
    for element in try array(name) {
      guard case .integer(let dimension) = element, dimension >= 0 else {
        throw mismatch(name, "dimensions of at least 0")
      }
      dimensions.append(dimension)
    }
    return dimensions
  }

  package func strings(_ name: String) throws(ModelFormatError) -> [String] {
    var strings: [String] = []
    for element in try array(name) {
      guard case .string(let string) = element else { throw mismatch(name, "an array of strings") }
      strings.append(string)
    }
    return strings
  }

  /// The elements of an array of objects.
  package func objects(_ name: String) throws(ModelFormatError) -> [FieldReader] {
    var objects: [FieldReader] = []
    for (index, element) in try array(name).enumerated() {
      objects.append(try FieldReader(element, path: "\(path).\(name)[\(index)]"))
    }
    return objects
  }

  package func object(_ name: String) throws(ModelFormatError) -> FieldReader {
    guard let value = value(name) else { throw mismatch(name, "an object") }
    return try FieldReader(value, path: "\(path).\(name)")
  }
}
