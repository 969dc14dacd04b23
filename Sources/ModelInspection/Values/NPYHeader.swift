public import ModelFormat

/// The beginning of a file of NumPy's format NPY 1.0, after which the values of a tensor follow as they are in memory.
///
/// Source: NumPy Enhancement Proposal 1, "A Simple File Format for NumPy Arrays".
public enum NPYHeader {
  /// The header of a file with the values of a tensor, in row-major order; nil for a type that NumPy does not have.
  public static func bytes(of tensor: TensorDescription) -> [UInt8]? {
    guard let type = typeName(tensor.dataType) else { return nil }
    let shape = tensor.shape.map(String.init).joined(separator: ", ") + (tensor.shape.count == 1 ? "," : "")
    var text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(shape)), }"
    // Magic, version and length take 10 bytes; the whole is a multiple of 64 long and ends with a line end.
    let start: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    text += String(repeating: " ", count: 63 - (start.count + 2 + text.utf8.count) % 64) + "\n"
    let length = UInt16(clamping: text.utf8.count)
    guard Int(length) == text.utf8.count else { return nil }
    return start + [UInt8(truncatingIfNeeded: length), UInt8(truncatingIfNeeded: length >> 8)] + Array(text.utf8)
  }

  private static func typeName(_ type: DataType) -> String? {
    switch type {
    case .float64: "<f8"
    case .float32: "<f4"
    case .float16: "<f2"
    case .bfloat16: nil
    case .int8: "|i1"
    case .int16: "<i2"
    case .int32: "<i4"
    case .int64: "<i8"
    case .uint8: "|u1"
    case .uint16: "<u2"
    case .uint32: "<u4"
    case .uint64: "<u8"
    case .boolean: "|b1"
    }
  }
}
