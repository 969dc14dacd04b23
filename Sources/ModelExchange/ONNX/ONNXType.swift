import ModelFormat

/// The type of elements in a `TensorProto`: the numbers that `data_type` has.
enum ONNXType: Int, CaseIterable, Sendable {
  case float = 1
  case uint8, int8, uint16, int16, int32, int64, string, bool, float16, double, uint32, uint64, complex64, complex128
  case bfloat16
  case float8E4M3FN, float8E4M3FNUZ, float8E5M2, float8E5M2FNUZ
  case uint4, int4, float4E2M1, float8E8M0, uint2, int2, float6E2M3, float6E3M2

  /// What is stored; nil for texts, which have no size of their own.
  var element: StoredElement? {
    switch self {
    case .float: .plain(.float32)
    case .uint8: .plain(.uint8)
    case .int8: .plain(.int8)
    case .uint16: .plain(.uint16)
    case .int16: .plain(.int16)
    case .int32: .plain(.int32)
    case .int64: .plain(.int64)
    case .string: nil
    case .bool: .plain(.boolean)
    case .float16: .plain(.float16)
    case .double: .plain(.float64)
    case .uint32: .plain(.uint32)
    case .uint64: .plain(.uint64)
    case .complex64: .encoded(.complex64)
    case .complex128: .encoded(.complex128)
    case .bfloat16: .plain(.bfloat16)
    case .float8E4M3FN: .encoded(.float8E4M3)
    case .float8E4M3FNUZ: .encoded(.float8E4M3FNUZ)
    case .float8E5M2: .encoded(.float8E5M2)
    case .float8E5M2FNUZ: .encoded(.float8E5M2FNUZ)
    case .uint4: .encoded(.unsigned4)
    case .int4: .encoded(.signed4)
    case .float4E2M1: .encoded(.float4)
    case .float8E8M0: .encoded(.float8E8M0)
    case .uint2: .encoded(.unsigned2)
    case .int2: .encoded(.signed2)
    case .float6E2M3: .encoded(.float6E2M3)
    case .float6E3M2: .encoded(.float6E3M2)
    }
  }

  /// How elements are stored where they are numbers of a field of their own; nil for a type that has none.
  var typed: TypedField? {
    switch self {
    case .float, .complex64: TypedField(.float, unit: .fixed(byteCount: 4))
    case .int8, .int16, .int32: TypedField(.int32, unit: .signed(byteCount: element?.unitByteCount ?? 1))
    case .uint8, .uint16, .bool, .float16, .bfloat16, .float8E4M3FN, .float8E4M3FNUZ, .float8E5M2, .float8E5M2FNUZ,
      .float8E8M0, .uint4, .int4, .float4E2M1, .uint2, .int2:
      TypedField(.int32, unit: .unsigned(byteCount: element?.unitByteCount ?? 1))
    case .int64: TypedField(.int64, unit: .signed(byteCount: 8))
    case .double, .complex128: TypedField(.double, unit: .fixed(byteCount: 8))
    case .uint32: TypedField(.uint64, unit: .unsigned(byteCount: 4))
    case .uint64: TypedField(.uint64, unit: .unsigned(byteCount: 8))
    // Texts have no numbers, and elements of 6 bits are packed in one place and not in the other.
    case .string, .float6E2M3, .float6E3M2: nil
    }
  }

  /// The type in which a tensor is stored: as it is where ONNX has the type, else as numbers.
  init(_ tensor: TensorDescription) {
    self = tensor.encoding.flatMap { ONNXType($0) } ?? ONNXType(tensor.dataType)
  }

  /// The type for an encoding; nil where there is none.
  init?(_ encoding: TensorEncoding) {
    let type = ONNXType.allCases.first { type in
      guard case .encoded(let blocks)? = type.element else { return false }
      return blocks.encoding == encoding
    }
    guard let type else { return nil }
    self = type
  }

  /// The type for ours; there is one for each.
  init(_ type: DataType) {
    switch type {
    case .float64: self = .double
    case .float32: self = .float
    case .float16: self = .float16
    case .bfloat16: self = .bfloat16
    case .int8: self = .int8
    case .int16: self = .int16
    case .int32: self = .int32
    case .int64: self = .int64
    case .uint8: self = .uint8
    case .uint16: self = .uint16
    case .uint32: self = .uint32
    case .uint64: self = .uint64
    case .boolean: self = .bool
    }
  }
}

/// The field of a `TensorProto` that has numbers of some types, and how they are there.
struct TypedField: Equatable, Sendable {
  /// The fields, by their numbers.
  enum Field: Int, CaseIterable, Sendable {
    case float = 4
    case int32 = 5
    case int64 = 7
    case double = 10
    case uint64 = 11

    /// Its name in the format.
    var name: String {
      switch self {
      case .float: "float_data"
      case .int32: "int32_data"
      case .int64: "int64_data"
      case .double: "double_data"
      case .uint64: "uint64_data"
      }
    }
  }

  /// One number, and how many bytes it becomes.
  enum Unit: Equatable, Sendable {
    case fixed(byteCount: Int)
    /// A varint with so many bits in two's complement.
    case signed(byteCount: Int)
    /// A varint with so many bits, of a number or of whatever else.
    case unsigned(byteCount: Int)

    var byteCount: Int {
      switch self {
      case .fixed(let count), .signed(let count), .unsigned(let count): count
      }
    }
  }

  let field: Field
  let unit: Unit

  init(_ field: Field, unit: Unit) {
    self.field = field
    self.unit = unit
  }
}

extension StoredElement {
  /// The size of an element, or of a block of them.
  fileprivate var unitByteCount: Int {
    switch self {
    case .plain(let type): type.byteCount
    case .encoded(let blocks): blocks.encoding.blockByteCount
    }
  }
}
