import ModelFormat

/// Attributes as a JSON object whose keys are left as they are.
struct AttributesJSON: Encodable {
  let attributes: Attributes

  func encode(to encoder: any Encoder) throws {
    // A dictionary as a single value: the keys of a keyed container would be turned into snake case.
    let values = attributes.entries.map { ($0.name, AttributeValueJSON(value: $0.value)) }
    var container = encoder.singleValueContainer()
    try container.encode(Dictionary(values, uniquingKeysWith: { first, _ in first }))
  }
}

private struct AttributeValueJSON: Encodable {
  let value: AttributeValue

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch value {
    case .boolean(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .list(let elements): try container.encode(elements.map(AttributeValueJSON.init))
    }
  }
}
