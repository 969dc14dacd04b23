import BinaryIO
import ModelFormat

/// The element types of safetensors, in its ascending order: a file has the tensors of the last types first.
///
/// The order is that of `Dtype` in the library's `tensor.rs`.
enum SafetensorsType: Int, CaseIterable {
  case boolean, float4, float6E2M3, float6E3M2, uint8, int8, float8E5M2, float8E4M3, float8E8M0, float8E4M3FNUZ
  case float8E5M2FNUZ, int16, uint16, float16, bfloat16, int32, uint32, float32, complex64, float64, int64, uint64

  /// The type under its name in a header; nil for a name that the library does not have.
  init?(named name: String) {
    guard let type = SafetensorsType.byName[ByteName(name)] else { return nil }
    self = type
  }

  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { (ByteName($0.name), $0) })

  /// The type in which elements are stored: as they are where it exists, else as numbers.
  init(_ tensor: TensorDescription) {
    self = tensor.encoding.flatMap { SafetensorsType($0) } ?? SafetensorsType(tensor.dataType)
  }

  /// The type for an encoding; nil where there is none.
  init?(_ encoding: TensorEncoding) {
    let type = SafetensorsType.allCases.first { type in
      guard case .encoded(let blocks) = type.element else { return false }
      return blocks.encoding == encoding
    }
    guard let type else { return nil }
    self = type
  }

  /// The type for ours; there is one for each.
  init(_ type: DataType) {
    switch type {
    case .boolean: self = .boolean
    case .uint8: self = .uint8
    case .int8: self = .int8
    case .int16: self = .int16
    case .uint16: self = .uint16
    case .float16: self = .float16
    case .bfloat16: self = .bfloat16
    case .int32: self = .int32
    case .uint32: self = .uint32
    case .float32: self = .float32
    case .float64: self = .float64
    case .int64: self = .int64
    case .uint64: self = .uint64
    }
  }

  /// What is stored, and what headers call it.
  private var row: (name: String, element: StoredElement) {
    switch self {
    case .boolean: ("BOOL", .plain(.boolean))
    case .float4: ("F4", .encoded(.float4))
    case .float6E2M3: ("F6_E2M3", .encoded(.float6E2M3))
    case .float6E3M2: ("F6_E3M2", .encoded(.float6E3M2))
    case .uint8: ("U8", .plain(.uint8))
    case .int8: ("I8", .plain(.int8))
    case .float8E5M2: ("F8_E5M2", .encoded(.float8E5M2))
    case .float8E4M3: ("F8_E4M3", .encoded(.float8E4M3))
    case .float8E8M0: ("F8_E8M0", .encoded(.float8E8M0))
    case .float8E4M3FNUZ: ("F8_E4M3FNUZ", .encoded(.float8E4M3FNUZ))
    case .float8E5M2FNUZ: ("F8_E5M2FNUZ", .encoded(.float8E5M2FNUZ))
    case .int16: ("I16", .plain(.int16))
    case .uint16: ("U16", .plain(.uint16))
    case .float16: ("F16", .plain(.float16))
    case .bfloat16: ("BF16", .plain(.bfloat16))
    case .int32: ("I32", .plain(.int32))
    case .uint32: ("U32", .plain(.uint32))
    case .float32: ("F32", .plain(.float32))
    case .complex64: ("C64", .encoded(.complex64))
    case .float64: ("F64", .plain(.float64))
    case .int64: ("I64", .plain(.int64))
    case .uint64: ("U64", .plain(.uint64))
    }
  }

  /// What headers call the type.
  var name: String { row.name }
  /// What is stored.
  var element: StoredElement { row.element }

  /// The names of all types, in the order of safetensors.
  static var names: [String] { allCases.map(\.name) }
}
