import BinaryIO
import ModelFormat
import NPY

/// A number of NumPy in a pickle: its type and its bytes.
enum NumPyScalar {
  typealias Value = PickleValues.Value

  /// The number; nil for anything else, such as dates.
  ///
  /// - Parameters:
  ///   - type: a call of `numpy.dtype`, whose state says the order of bytes.
  ///   - content: the bytes.
  static func value(_ type: Value?, _ content: Value?, _ values: PickleValues) -> Value? {
    guard case .object("numpy.dtype", let arguments?, let state)? = type, case .bytes(let bytes)? = content,
      case .tuple(let parts) = values[arguments], let first = parts.first, case .string(let code) = values[first],
      let elementType = NPYElementType(rawValue: code), bytes.count == elementType.byteSize
    else { return nil }
    let ordered = isBigEndian(state, values) ? bytes.reversed() : bytes
    func bits<Number: FixedWidthInteger>(_: Number.Type) -> Number { integer(ordered, at: 0, Number.self) }
    return switch elementType {
    case .boolean: .boolean(bytes[0] != 0)
    case .int8: .integer(Int(bits(Int8.self)))
    case .int16: .integer(Int(bits(Int16.self)))
    case .int32: .integer(Int(bits(Int32.self)))
    case .int64: .integer(Int(bits(Int64.self)))
    case .uint8: .integer(Int(bits(UInt8.self)))
    case .uint16: .integer(Int(bits(UInt16.self)))
    case .uint32: .integer(Int(bits(UInt32.self)))
    case .uint64: Int(exactly: bits(UInt64.self)).map { .integer($0) } ?? .largeInteger
    case .float16: .number(Double(HalfPrecision.float(bits(UInt16.self))))
    case .float32: .number(Double(Float(bitPattern: bits(UInt32.self))))
    case .float64: .number(Double(bitPattern: bits(UInt64.self)))
    case .float96, .float128, .complex64, .complex128, .complex192, .complex256: nil
    }
  }

  private static func isBigEndian(_ state: PickleValues.Reference?, _ values: PickleValues) -> Bool {
    guard let state, case .tuple(let parts) = values[state], parts.count > 1, case .string(let order) = values[parts[1]]
    else { return false }
    return order == ">"
  }
}
