/// The type of a tensor's elements.
///
/// Elements are stored little-endian; floating-point types follow IEEE 754 (`bfloat16` is the upper half of a
/// `float32`), integers are two's complement, and a boolean is one byte, 0 or 1.
public enum DataType: String, CaseIterable, Sendable {
  case float64 = "f64"
  case float32 = "f32"
  case float16 = "f16"
  case bfloat16 = "bf16"
  case int8 = "i8"
  case int16 = "i16"
  case int32 = "i32"
  case int64 = "i64"
  case uint8 = "u8"
  case uint16 = "u16"
  case uint32 = "u32"
  case uint64 = "u64"
  case boolean = "bool"

  /// What the bits of an element mean.
  public enum Kind: Equatable, Sendable {
    /// A number of IEEE 754's layout: a sign, then the exponent, then the fraction.
    case floatingPoint(exponentBits: Int, fractionBits: Int)
    /// Two's complement.
    case signedInteger(bits: Int)
    case unsignedInteger(bits: Int)
    /// A byte that is 0 or 1.
    case boolean
  }

  /// What the bits of an element mean.
  public var kind: Kind {
    switch self {
    case .float64: .floatingPoint(exponentBits: 11, fractionBits: 52)
    case .float32: .floatingPoint(exponentBits: 8, fractionBits: 23)
    case .float16: .floatingPoint(exponentBits: 5, fractionBits: 10)
    case .bfloat16: .floatingPoint(exponentBits: 8, fractionBits: 7)
    case .int8: .signedInteger(bits: 8)
    case .int16: .signedInteger(bits: 16)
    case .int32: .signedInteger(bits: 32)
    case .int64: .signedInteger(bits: 64)
    case .uint8: .unsignedInteger(bits: 8)
    case .uint16: .unsignedInteger(bits: 16)
    case .uint32: .unsignedInteger(bits: 32)
    case .uint64: .unsignedInteger(bits: 64)
    case .boolean: .boolean
    }
  }

  /// The size of one element in bytes: 1, 2, 4 or 8.
  public var byteCount: Int {
    switch kind {
    case .floatingPoint(let exponentBits, let fractionBits): (1 + exponentBits + fractionBits) / 8
    case .signedInteger(let bits), .unsignedInteger(let bits): bits / 8
    case .boolean: 1
    }
  }

  /// Whether the type can hold NaN and infinities.
  public var isFloatingPoint: Bool {
    switch kind {
    case .floatingPoint: true
    case .signedInteger, .unsignedInteger, .boolean: false
    }
  }
}
