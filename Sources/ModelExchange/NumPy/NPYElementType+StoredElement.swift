package import ModelFormat
package import NPY

extension NPYElementType {
  /// What elements of this type are here.
  var element: StoredElement {
    switch self {
    case .boolean: .plain(.boolean)
    case .int8: .plain(.int8)
    case .int16: .plain(.int16)
    case .int32: .plain(.int32)
    case .int64: .plain(.int64)
    case .uint8: .plain(.uint8)
    case .uint16: .plain(.uint16)
    case .uint32: .plain(.uint32)
    case .uint64: .plain(.uint64)
    case .float16: .plain(.float16)
    case .float32: .plain(.float32)
    case .float64: .plain(.float64)
    case .float96: .encoded(.float96)
    case .float128: .encoded(.float128)
    case .complex64: .encoded(.complex64)
    case .complex128: .encoded(.complex128)
    case .complex192: .encoded(.complex192)
    case .complex256: .encoded(.complex256)
    }
  }

  /// NumPy's type for elements of ours; nil for a type that NumPy does not have.
  package init?(_ type: DataType) {
    switch type {
    case .float64: self = .float64
    case .float32: self = .float32
    case .float16: self = .float16
    case .bfloat16: return nil
    case .int8: self = .int8
    case .int16: self = .int16
    case .int32: self = .int32
    case .int64: self = .int64
    case .uint8: self = .uint8
    case .uint16: self = .uint16
    case .uint32: self = .uint32
    case .uint64: self = .uint64
    case .boolean: self = .boolean
    }
  }

  /// NumPy's type for elements of an encoding; nil for one that NumPy does not have.
  init?(_ encoding: TensorEncoding) {
    let type = NPYElementType.allCases.first { type in
      guard case .encoded(let blocks) = type.element else { return false }
      return blocks.encoding == encoding
    }
    guard let type else { return nil }
    self = type
  }
}

extension BlockEncoding {
  /// A real and an imaginary part, each an `f64`.
  static let complex128 = BlockEncoding("c128", blockByteCount: 16)
  /// C's `long double` in 12 bytes: what its bits are depends on the machine that wrote it.
  static let float96 = BlockEncoding("float96", blockByteCount: 12)
  /// C's `long double` in 16 bytes: what its bits are depends on the machine that wrote it.
  static let float128 = BlockEncoding("float128", blockByteCount: 16)
  /// A real and an imaginary part, each a `float96`.
  static let complex192 = BlockEncoding("complex192", blockByteCount: 24)
  /// A real and an imaginary part, each a `float128`.
  static let complex256 = BlockEncoding("complex256", blockByteCount: 32)
}
