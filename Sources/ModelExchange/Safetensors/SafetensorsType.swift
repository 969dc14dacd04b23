import BinaryIO
import ModelFormat

/// How safetensors names element types, and in which order it puts their tensors.
struct SafetensorsType {
  let name: String
  /// The place in the ascending order that safetensors gives types: the widest are written first.
  let rank: Int

  /// The type that safetensors has for ours.
  init(_ type: DataType) {
    switch type {
    case .boolean: (name, rank) = ("BOOL", 0)
    case .uint8: (name, rank) = ("U8", 1)
    case .int8: (name, rank) = ("I8", 2)
    case .int16: (name, rank) = ("I16", 3)
    case .uint16: (name, rank) = ("U16", 4)
    case .float16: (name, rank) = ("F16", 5)
    case .bfloat16: (name, rank) = ("BF16", 6)
    case .int32: (name, rank) = ("I32", 7)
    case .uint32: (name, rank) = ("U32", 8)
    case .float32: (name, rank) = ("F32", 9)
    case .float64: (name, rank) = ("F64", 10)
    case .int64: (name, rank) = ("I64", 11)
    case .uint64: (name, rank) = ("U64", 12)
    }
  }

  /// Our type of that name; nil for a type that this library does not have.
  static func type(named name: String) -> DataType? {
    DataType.allCases.first { ByteName(SafetensorsType($0).name) == ByteName(name) }
  }

  /// The names of all types, in the order of safetensors.
  static var names: [String] { DataType.allCases.map { SafetensorsType($0) }.sorted { $0.rank < $1.rank }.map(\.name) }
}
