/// The type of the elements of an `.npy` file. The raw value is NumPy's code for it without the byte order.
///
/// Source: NumPy's array interface, `typestr`.
public enum NPYElementType: String, CaseIterable, Sendable {
  /// One byte, 0 or 1.
  case boolean = "b1"
  /// Signed 8-bit integers.
  case int8 = "i1"
  /// Signed 16-bit integers.
  case int16 = "i2"
  /// Signed 32-bit integers.
  case int32 = "i4"
  /// Signed 64-bit integers, NumPy's own choice for whole numbers.
  case int64 = "i8"
  /// Unsigned 8-bit integers: grey levels, class labels.
  case uint8 = "u1"
  /// Unsigned 16-bit integers.
  case uint16 = "u2"
  /// Unsigned 32-bit integers.
  case uint32 = "u4"
  /// Unsigned 64-bit integers.
  case uint64 = "u8"
  /// IEEE 754 half precision.
  case float16 = "f2"
  /// IEEE 754 single precision.
  case float32 = "f4"
  /// IEEE 754 double precision.
  case float64 = "f8"
  /// C's `long double` in 12 bytes, whose layout depends on the machine that wrote it.
  case float96 = "f12"
  /// C's `long double` in 16 bytes, whose layout depends on the machine that wrote it.
  case float128 = "f16"
  /// Two numbers of single precision: real and imaginary part.
  case complex64 = "c8"
  /// Two numbers of double precision: real and imaginary part.
  case complex128 = "c16"
  /// Two numbers of type `float96`.
  case complex192 = "c24"
  /// Two numbers of type `float128`.
  case complex256 = "c32"

  /// The size of one element in bytes, 1 to 32.
  public var byteSize: Int { wordSize * (isComplex ? 2 : 1) }

  /// The size in bytes of what has a byte order of its own: an element, or one part of a complex number.
  public var wordSize: Int {
    switch self {
    case .boolean, .int8, .uint8: 1
    case .int16, .uint16, .float16: 2
    case .int32, .uint32, .float32, .complex64: 4
    case .int64, .uint64, .float64, .complex128: 8
    case .float96, .complex192: 12
    case .float128, .complex256: 16
    }
  }

  /// Whether each element has a real and an imaginary part.
  public var isComplex: Bool {
    switch self {
    case .complex64, .complex128, .complex192, .complex256: true
    case .boolean, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .float16, .float32, .float64,
      .float96, .float128:
      false
    }
  }
}
