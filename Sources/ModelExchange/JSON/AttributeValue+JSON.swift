package import ModelFormat

extension AttributeValue {
  /// The value that a JSON text (RFC 8259) stands for: a number, which is an integer without fraction and exponent, `true`,
  /// `false`, a string in quotation marks, or an array of these; nil for any other text, `null` and objects among them.
  package init?(json text: String) {
    guard let value = try? StructuredValue(json: text, name: "a value", limits: DecodingLimits()),
      let attribute = AttributeValue(value)
    else { return nil }
    self = attribute
  }

  private init?(_ value: StructuredValue) {
    switch value {
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    // What `null` is read as, and no number of JSON is.
    case .number(let value) where value.isNaN: return nil
    case .number(let value): self = .number(value)
    case .string(let value): self = .string(value)
    case .array(let elements):
      let attributes = elements.compactMap(AttributeValue.init)
      guard attributes.count == elements.count else { return nil }
      self = .list(attributes)
    case .bytes, .object: return nil
    }
  }
}
