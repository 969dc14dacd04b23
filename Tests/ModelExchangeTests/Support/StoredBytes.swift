import ModelFormat

/// The bytes of a tensor as its encoding has them.
func storedBytes(of place: Int, in source: any ModelSource) throws -> [UInt8] {
  try allBytes(of: try source.encodedValues(at: place))
}

/// All values.
func allBytes(of values: any TensorValues) throws -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: values.byteCount)
  try bytes.withUnsafeMutableBytes { try values.read(at: 0, into: $0) }
  return bytes
}
