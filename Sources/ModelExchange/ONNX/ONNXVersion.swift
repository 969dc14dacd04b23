/// A version of the format, and of the operators that came with it.
struct ONNXVersion: Comparable {
  let format: Int
  let operators: Int

  /// ONNX 1.8, which ONNX Runtime reads from 1.6 on: all that our layers need.
  static let written = ONNXVersion(format: 7, operators: 13)

  static func < (left: ONNXVersion, right: ONNXVersion) -> Bool { left.operators < right.operators }
}

extension ONNXType {
  /// The oldest version that we write with which there are elements of the type, and a `Cast` that takes them.
  var version: ONNXVersion {
    switch self {
    case .float, .uint8, .int8, .uint16, .int16, .int32, .int64, .string, .bool, .float16, .double, .uint32, .uint64,
      .complex64, .complex128, .bfloat16:
      .written
    case .float8E4M3FN, .float8E4M3FNUZ, .float8E5M2, .float8E5M2FNUZ: ONNXVersion(format: 9, operators: 19)
    case .uint4, .int4: ONNXVersion(format: 10, operators: 21)
    case .float4E2M1: ONNXVersion(format: 11, operators: 23)
    case .float8E8M0: ONNXVersion(format: 12, operators: 24)
    case .uint2, .int2: ONNXVersion(format: 13, operators: 25)
    case .float6E2M3, .float6E3M2: ONNXVersion(format: 14, operators: 28)
    }
  }
}
