import BinaryIO
import ModelFormat

/// A `TensorProto`: what a tensor is, and where its values are.
struct TensorMessage {
  /// Where the values of a tensor are.
  enum Place {
    /// In the file, one after the other, as they are handed out.
    case range(Range<Int>)
    /// In the file, as numbers of a field of the message.
    case typed(TypedField, in: Range<Int>)
    /// In another file.
    case external(ExternalPlace)
    /// Nowhere, for a tensor without elements.
    case none
  }

  private(set) var name = ""
  private(set) var shape: [Int] = []
  let type: ONNXType
  let place: Place
  /// Where the message is.
  let range: Range<Int>

  /// - Parameters:
  ///   - range: where the message is.
  ///   - name: the name that goes before its own.
  /// - Throws: any error of the wire format; `invalidTensor` for values in two places, or none; `unsupported` for types
  ///   and places that we do not know.
  init(_ window: SourceWindow, _ range: Range<Int>, limits: DecodingLimits) throws(ModelFormatError) {
    self.range = range
    var (code, values, external) = (0, TensorFields(), ExternalPlace.Fields())
    var reader = WireReader(window, range, message: "TensorProto")
    while let field = try reader.next() {
      switch field.number {
      case 1:
        try field.appendIntegers(to: &shape, window)
        try TensorMessage.checkRank(shape.count, limits, at: field.offset)
      case 2: code = try field.integer
      case 3: throw TensorMessage.unsupported("a tensor in one piece", "a segment of one", at: field.offset)
      case 8: name = try field.text(window)
      case 9: try values.set(raw: try field.range, at: field.offset)
      case 13: try external.read(try field.range, window)
      case 14: external.isUsed = try field.integer == 1
      default:
        if let typed = TypedField.Field(rawValue: field.number) { try values.add(typed, field) }
      }
    }
    guard let type = ONNXType(rawValue: code) else {
      throw ModelFormatError(
        code == 0 ? .invalidTensor : .unsupported, section: "TensorProto", tensor: name, offset: range.lowerBound,
        expected: "a data_type from 1 to \(ONNXType.allCases.count)", found: "\(code)",
        advice: code == 0 ? nil : "write the tensor with a type that ONNX had in 2025")
    }
    self.type = type
    do throws(ModelFormatError) {
      place = external.isUsed ? .external(try external.place()) : try values.place(type, in: range)
    } catch { throw error.at(section: "TensorProto", tensor: name, offset: range.lowerBound) }
  }

  /// The same tensor under a name that it does not have itself.
  func named(_ name: String) -> TensorMessage {
    var message = self
    message.name = name
    return message
  }

  /// The tensor as it is in the file; nil for texts.
  ///
  /// - Throws: `invalidTensor` for a name or a shape that no tensor can have, or values of another size.
  func description() throws(ModelFormatError) -> TensorDescription? {
    guard let element = type.element else { return nil }
    do throws(ModelFormatError) {
      let description = try element.description(named: name, shape: shape)
      try checkSize(description.encodedByteCount)
      return description
    } catch { throw error.at(section: "TensorProto", tensor: name, offset: range.lowerBound) }
  }

  private func checkSize(_ byteCount: Int) throws(ModelFormatError) {
    let found: Int
    switch place {
    case .range(let range): found = range.count
    case .external(let external): found = external.length ?? byteCount
    case .none: found = 0
    // They are counted when they are asked for.
    case .typed: found = byteCount
    }
    guard found == byteCount else {
      throw ModelFormatError(
        .invalidTensor, expected: "\(byteCount) bytes of values for \(shape) of \(type.element?.name ?? "text")",
        found: "\(found)")
    }
  }

  static func checkRank(_ rank: Int, _ limits: DecodingLimits, at offset: Int) throws(ModelFormatError) {
    guard rank <= limits.rank else {
      throw ModelFormatError(
        .limitExceeded, section: "TensorProto", offset: offset, expected: "at most \(limits.rank) dimensions",
        found: "more")
    }
  }

  private static func unsupported(_ expected: String, _ found: String, at offset: Int) -> ModelFormatError {
    ModelFormatError(.unsupported, section: "TensorProto", offset: offset, expected: expected, found: found)
  }
}
