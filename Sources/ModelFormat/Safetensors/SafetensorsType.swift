import BinaryIO

/// How safetensors names element types.
enum SafetensorsType {
  /// All types that both formats have, in the ascending order that safetensors gives them.
  static let all: [(name: String, type: DataType)] = [
    ("BOOL", .boolean), ("U8", .uint8), ("I8", .int8), ("I16", .int16), ("U16", .uint16), ("F16", .float16),
    ("BF16", .bfloat16), ("I32", .int32), ("U32", .uint32), ("F32", .float32), ("F64", .float64), ("I64", .int64),
    ("U64", .uint64),
  ]

  /// The type of that name; nil for one that this library does not have.
  static func type(named name: String) -> DataType? { all.first { ByteName($0.name) == ByteName(name) }?.type }

  static func name(of type: DataType) -> String { all[rank(of: type)].name }

  /// The place of a type in the order of safetensors.
  static func rank(of type: DataType) -> Int { all.firstIndex { $0.type == type } ?? 0 }
}
