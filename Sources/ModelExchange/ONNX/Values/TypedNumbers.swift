import ModelFormat

/// A place among the numbers of a field that occurs any number of times, with one number or many packed ones each.
struct TypedNumbers {
  private let field: TypedField
  private let message: Range<Int>
  /// Where the next field of the message is.
  private var position: Int
  /// What is left of packed numbers.
  private var run: Range<Int>

  init(_ field: TypedField, in message: Range<Int>) {
    self.field = field
    self.message = message
    position = message.lowerBound
    run = position..<position
  }

  /// The bits of the next number; nil at the end.
  ///
  /// - Throws: `invalidTensor` for one that is out of range; any error of the wire format.
  mutating func next(_ window: SourceWindow) throws(ModelFormatError) -> UInt64? {
    while run.isEmpty {
      var reader = WireReader(window, position..<message.upperBound, message: "TensorProto")
      guard let found = try reader.next() else { return nil }
      position = reader.position
      guard found.number == field.field.rawValue else { continue }
      switch found.content {
      case .bytes(let range): run = range
      case .varint(let bits):
        guard case .fixed = field.unit else { return try checked(bits, at: found.offset) }
        throw mismatch(at: found.offset)
      case .fixed32(let bits):
        guard field.unit == .fixed(byteCount: 4) else { throw mismatch(at: found.offset) }
        return UInt64(bits)
      case .fixed64(let bits):
        guard field.unit == .fixed(byteCount: 8) else { throw mismatch(at: found.offset) }
        return bits
      }
    }
    var reader = WireReader(window, run, message: "TensorProto")
    switch field.unit {
    case .fixed(let byteCount):
      guard run.count >= byteCount else {
        throw ModelFormatError(
          .malformedValue, section: "TensorProto", offset: run.lowerBound,
          expected: "\(byteCount) bytes for each number of \(field.field.name)", found: "\(run.count)")
      }
      let bits: UInt64 =
        byteCount == 4
        ? UInt64(try window.number(at: run.lowerBound, UInt32.self))
        : try window.number(at: run.lowerBound, UInt64.self)
      run = run.lowerBound + byteCount..<run.upperBound
      return bits
    case .signed, .unsigned:
      let (start, bits) = (run.lowerBound, try reader.varint())
      run = reader.position..<run.upperBound
      return try checked(bits, at: start)
    }
  }

  private func checked(_ bits: UInt64, at offset: Int) throws(ModelFormatError) -> UInt64 {
    switch field.unit {
    case .fixed: return bits
    case .signed(let byteCount):
      let unused = Int64(64 - 8 * byteCount)
      let value = Int64(bitPattern: bits)
      guard (value << unused) >> unused == value else { throw outOfRange("\(value)", byteCount, at: offset) }
    case .unsigned(let byteCount):
      guard byteCount == 8 || bits >> UInt64(8 * byteCount) == 0 else {
        throw outOfRange("\(Int64(bitPattern: bits))", byteCount, at: offset)
      }
    }
    return bits
  }

  private func outOfRange(_ value: String, _ byteCount: Int, at offset: Int) -> ModelFormatError {
    ModelFormatError(
      .invalidTensor, section: "TensorProto", offset: offset, expected: "numbers of \(8 * byteCount) bits",
      found: value)
  }

  private func mismatch(at offset: Int) -> ModelFormatError {
    ModelFormatError(
      .malformedValue, section: "TensorProto", offset: offset,
      expected: "the wire type of the numbers of \(field.field.name)", found: "another")
  }
}
