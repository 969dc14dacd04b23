import ModelExchange
import ModelFormat
import ModelSamples
import Testing

/// Safetensors files written by hand.
enum SafetensorsBytes {
  /// Length, header, values.
  ///
  /// - Parameter length: what the first eight bytes say instead of the truth.
  static func file(_ header: String, _ values: [UInt8] = [], length: UInt64? = nil) -> [UInt8] {
    file(Array(header.utf8), values, length: length)
  }

  static func file(_ header: [UInt8], _ values: [UInt8] = [], length: UInt64? = nil) -> [UInt8] {
    let length = length ?? UInt64(header.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) } + header + values
  }

  /// The field of a tensor.
  static func tensor(_ name: String, _ type: String, _ shape: [Int], _ begin: Int, _ end: Int) -> String {
    "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":[\(begin), \(end)]}"
  }

  /// Two tensors, `a` of two bytes and `b` of one 32-bit number, and a text.
  static let small = file(
    "{\"__metadata__\":{\"k\":\"v\"},\(tensor("a", "U8", [2], 0, 2)),\(tensor("b", "F32", [], 2, 6))}",
    [7, 9, 0, 0, 0x80, 0x3F])

  /// A file as the safetensors library wrote it: 0.8.0, `save_file` with the metadata `{"format": "pt"}`.
  ///
  /// `fc.weight` is the 32-bit matrix [[1, −2, 0.5], [0, 3, −0.25]], `fc.bias` the vector [0.1, −0.1], `mask` holds the
  /// booleans false and true, and `half` the 16-bit number 1.5.
  static let golden =
    bytes(hexadecimal: "1001000000000000")
    + Array(
      """
      {"__metadata__":{"format":"pt"},"fc.bias":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"fc.weight":\
      {"dtype":"F32","shape":[2,3],"data_offsets":[8,32]},"half":{"dtype":"F16","shape":[],"data_offsets":[32,34]},\
      "mask":{"dtype":"BOOL","shape":[2],"data_offsets":[34,36]}}
      """.utf8)
    + [UInt8](repeating: 0x20, count: 1)
    + bytes(hexadecimal: "cdcccc3dcdccccbd0000803f000000c00000003f0000000000004040000080be003e0001")
}

/// The error that a header ends in, with two bytes of values after it.
func headerError(_ header: String) throws -> ModelFormatError {
  try readingError(SafetensorsBytes.file(header, [1, 2]))
}
