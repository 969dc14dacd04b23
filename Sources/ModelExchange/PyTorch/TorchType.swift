import ModelFormat

/// The types of elements that PyTorch has, as its files name them.
struct TorchType: Sendable {
  let element: StoredElement
  /// The size in bytes of an element.
  let byteCount: Int
  /// The size in bytes of what has a byte order of its own.
  let wordSize: Int

  private init(_ type: DataType) {
    element = .plain(type)
    (byteCount, wordSize) = (type.byteCount, type.byteCount)
  }

  private init(_ blocks: BlockEncoding, wordSize: Int) {
    element = .encoded(blocks)
    (byteCount, self.wordSize) = (blocks.encoding.blockByteCount, wordSize)
  }

  /// The element type of a class of storages, such as `torch.FloatStorage`; nil for a class that is none.
  static func storage(_ name: String) -> TorchType? {
    let classes = ["torch.cuda.", "torch.storage.", "torch."]
    guard let module = classes.first(where: { name.hasPrefix($0) }) else { return nil }
    return switch name.dropFirst(module.count) {
    case "DoubleStorage": TorchType(.float64)
    case "FloatStorage": TorchType(.float32)
    case "HalfStorage": TorchType(.float16)
    case "BFloat16Storage": TorchType(.bfloat16)
    case "LongStorage": TorchType(.int64)
    case "IntStorage": TorchType(.int32)
    case "ShortStorage": TorchType(.int16)
    case "CharStorage": TorchType(.int8)
    case "ByteStorage": TorchType(.uint8)
    case "BoolStorage": TorchType(.boolean)
    case "ComplexFloatStorage": TorchType(.complex64, wordSize: 4)
    case "ComplexDoubleStorage": TorchType(.complex128, wordSize: 8)
    case "QInt8Storage": TorchType(.qint8, wordSize: 1)
    case "QUInt8Storage": TorchType(.quint8, wordSize: 1)
    case "QInt32Storage": TorchType(.qint32, wordSize: 4)
    default: nil
    }
  }

  /// Whether a class of storages holds bytes, whose type the tensors say.
  static func isUntyped(_ name: String) -> Bool {
    ["torch.storage.UntypedStorage", "torch.UntypedStorage"].contains(name)
  }

  /// The type of a name such as `torch.float8_e4m3fn`; nil for a name that is none of those read.
  static func type(_ name: String) -> TorchType? {
    guard name.hasPrefix("torch.") else { return nil }
    return switch name.dropFirst("torch.".count) {
    case "float64", "double": TorchType(.float64)
    case "float32", "float": TorchType(.float32)
    case "float16", "half": TorchType(.float16)
    case "bfloat16": TorchType(.bfloat16)
    case "int64", "long": TorchType(.int64)
    case "int32", "int": TorchType(.int32)
    case "int16", "short": TorchType(.int16)
    case "int8": TorchType(.int8)
    case "uint8": TorchType(.uint8)
    case "uint16": TorchType(.uint16)
    case "uint32": TorchType(.uint32)
    case "uint64": TorchType(.uint64)
    case "bool": TorchType(.boolean)
    case "complex32": TorchType(.complex32, wordSize: 2)
    case "complex64", "cfloat": TorchType(.complex64, wordSize: 4)
    case "complex128", "cdouble": TorchType(.complex128, wordSize: 8)
    case "float8_e4m3fn": TorchType(.float8E4M3, wordSize: 1)
    case "float8_e5m2": TorchType(.float8E5M2, wordSize: 1)
    case "float8_e4m3fnuz": TorchType(.float8E4M3FNUZ, wordSize: 1)
    case "float8_e5m2fnuz": TorchType(.float8E5M2FNUZ, wordSize: 1)
    case "float8_e8m0fnu": TorchType(.float8E8M0, wordSize: 1)
    case "float4_e2m1fn_x2": TorchType(.float4Pair, wordSize: 1)
    case "qint8": TorchType(.qint8, wordSize: 1)
    case "quint8": TorchType(.quint8, wordSize: 1)
    case "qint32": TorchType(.qint32, wordSize: 4)
    default: nil
    }
  }
}

extension BlockEncoding {
  /// A real and an imaginary part, each an `f16`.
  static let complex32 = BlockEncoding("c32", blockByteCount: 4)
  /// Two elements of 4 bits, which PyTorch counts as one.
  static let float4Pair = BlockEncoding("f4x2", blockByteCount: 1)
  /// Quantised numbers, whose scale PyTorch keeps beside them.
  static let qint8 = BlockEncoding("qint8", blockByteCount: 1)
  /// Quantised numbers, whose scale PyTorch keeps beside them.
  static let quint8 = BlockEncoding("quint8", blockByteCount: 1)
  /// Quantised numbers, whose scale PyTorch keeps beside them.
  static let qint32 = BlockEncoding("qint32", blockByteCount: 4)
}
