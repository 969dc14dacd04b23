import ModelFormat

/// The fields of a `TensorProto` that hold values.
struct TensorFields {
  private var raw: Range<Int>?
  private var typed: TypedField.Field?
  /// Where packed numbers are; nil for those that are not, or not in one place.
  private var run: Range<Int>?

  /// Notes `raw_data`.
  mutating func set(raw range: Range<Int>, at offset: Int) throws(ModelFormatError) {
    guard raw == nil else {
      throw ModelFormatError(
        .invalidTensor, section: "TensorProto", offset: offset, expected: "raw_data once", found: "it twice")
    }
    raw = range
  }

  /// Notes numbers in a field of a type.
  mutating func add(_ typed: TypedField.Field, _ field: WireField) throws(ModelFormatError) {
    guard self.typed == nil || self.typed == typed else {
      throw ModelFormatError(
        .invalidTensor, section: "TensorProto", offset: field.offset, expected: "values in one field",
        found: "some in \(self.typed?.name ?? "none") and some in \(typed.name)")
    }
    if case .bytes(let range) = field.content, self.typed == nil { run = range } else { run = nil }
    self.typed = typed
  }

  /// Where the values of a tensor of this type are.
  func place(_ type: ONNXType, in message: Range<Int>) throws(ModelFormatError) -> TensorMessage.Place {
    if let raw {
      guard typed == nil || run?.isEmpty == true else {
        throw ModelFormatError(
          .invalidTensor, expected: "values in one field", found: "some in raw_data and some in \(typed?.name ?? "")")
      }
      return .range(raw)
    }
    guard let typed else { return .none }
    guard let expected = type.typed, expected.field == typed else {
      guard type.typed == nil else {
        throw ModelFormatError(
          .invalidTensor, expected: "values in \(type.typed?.field.name ?? "raw_data"), where those of the type are",
          found: "some in \(typed.name)")
      }
      throw ModelFormatError(
        .unsupported, expected: "values in raw_data for elements of 6 bits", found: "some in \(typed.name)",
        advice: "write them as raw_data")
    }
    if case .fixed = expected.unit, let run { return .range(run) }
    return .typed(expected, in: message)
  }
}
