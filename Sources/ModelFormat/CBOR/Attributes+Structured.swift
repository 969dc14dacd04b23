import BinaryIO

// Attributes as structured values, and back.

extension AttributeValue {
  package var structured: StructuredValue {
    switch self {
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .list(let elements): .array(elements.map(\.structured))
    }
  }
}

extension Attributes {
  package var structured: StructuredValue {
    .object(entries.map { StructuredValue.Field(name: $0.name, value: $0.value.structured) })
  }
}

extension FieldReader {
  /// All fields as attributes.
  package func attributes() throws(ModelFormatError) -> Attributes {
    var entries: [Attributes.Entry] = []
    for field in fields {
      let value = try FieldReader.attribute(field.value, path: "\(path)[\(ByteName(field.name).quoted)]")
      entries.append(Attributes.Entry(name: field.name, value: value))
    }
    // The decoder has seen to it that names are in canonical order, each once.
    return Attributes(canonical: entries)
  }

  private static func attribute(
    _ value: StructuredValue, path: String
  ) throws(ModelFormatError) -> AttributeValue {
    switch value {
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(value)
    case .number(let value): return .number(value)
    case .string(let value): return .string(value)
    case .array(let elements):
      var list: [AttributeValue] = []
      for element in elements { list.append(try attribute(element, path: path)) }
      return .list(list)
    case .bytes, .object:
      throw ModelFormatError(
        .invalidField, expected: "a boolean, integer, number, string or list at \(path)", found: value.kind)
    }
  }
}
