/// The type of the elements of an IDX file. The raw value is the third byte of the file.
public enum IDXElementType: UInt8, CaseIterable, Sendable {
  /// Unsigned 8-bit integers: grey levels, class labels.
  case uint8 = 0x08
  /// Signed 8-bit integers.
  case int8 = 0x09
  /// Signed 16-bit integers.
  case int16 = 0x0B
  /// Signed 32-bit integers.
  case int32 = 0x0C
  /// IEEE 754 single precision.
  case float32 = 0x0D
  /// IEEE 754 double precision.
  case float64 = 0x0E

  /// The size of one element in bytes: 1, 2, 4 or 8.
  public var byteSize: Int {
    switch self {
    case .uint8, .int8: 1
    case .int16: 2
    case .int32, .float32: 4
    case .float64: 8
    }
  }

  /// Whether the elements are whole numbers.
  public var isInteger: Bool {
    switch self {
    case .uint8, .int8, .int16, .int32: true
    case .float32, .float64: false
    }
  }
}

extension IDXElementType: CustomStringConvertible {
  /// The name that error messages use, such as `uint8`.
  public var description: String {
    switch self {
    case .uint8: "uint8"
    case .int8: "int8"
    case .int16: "int16"
    case .int32: "int32"
    case .float32: "float32"
    case .float64: "float64"
    }
  }
}

/// A Swift type that IDX has an element type for.
public protocol IDXElement: BitwiseCopyable, Sendable {
  /// The element type under which these values are stored.
  static var idxElementType: IDXElementType { get }
}

extension UInt8: IDXElement {
  /// `uint8`.
  public static var idxElementType: IDXElementType { .uint8 }
}

extension Int8: IDXElement {
  /// `int8`.
  public static var idxElementType: IDXElementType { .int8 }
}

extension Int16: IDXElement {
  /// `int16`.
  public static var idxElementType: IDXElementType { .int16 }
}

extension Int32: IDXElement {
  /// `int32`.
  public static var idxElementType: IDXElementType { .int32 }
}

extension Float: IDXElement {
  /// `float32`.
  public static var idxElementType: IDXElementType { .float32 }
}

extension Double: IDXElement {
  /// `float64`.
  public static var idxElementType: IDXElementType { .float64 }
}
