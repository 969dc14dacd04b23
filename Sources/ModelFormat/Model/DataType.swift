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

  /// The size of one element in bytes: 1, 2, 4 or 8.
  public var byteCount: Int {
    switch self {
    case .int8, .uint8, .boolean: 1
    case .float16, .bfloat16, .int16, .uint16: 2
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64: 8
    }
  }

  /// Whether the type can hold NaN and infinities.
  public var isFloatingPoint: Bool {
    switch self {
    case .float64, .float32, .float16, .bfloat16: true
    default: false
    }
  }
}
