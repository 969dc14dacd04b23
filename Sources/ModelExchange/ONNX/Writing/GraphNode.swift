/// A node to be written.
struct GraphNode {
  /// The value of an attribute.
  enum Attribute {
    case integer(Int)
    case integers([Int])
    case float(Float)
    /// A scalar tensor.
    case number(Float)
    /// A tensor of one dimension.
    case shape([Int])
  }

  let operatorName: String
  let name: String
  let inputs: [String]
  var output: String
  let attributes: [(name: String, value: Attribute)]

  /// Writes the fields of a `NodeProto`.
  func write(to message: inout WireWriter) {
    for input in inputs { message.text(1, input) }
    message.text(2, output)
    message.text(3, name)
    message.text(4, operatorName)
    for attribute in attributes { message.message(5) { attribute.value.write(attribute.name, to: &$0) } }
  }
}

extension GraphNode.Attribute {
  /// Writes the fields of an `AttributeProto`.
  fileprivate func write(_ name: String, to message: inout WireWriter) {
    message.text(1, name)
    switch self {
    case .float(let value):
      message.float(2, value)
      message.integer(20, 1)
    case .integer(let value):
      message.integer(3, value)
      message.integer(20, 2)
    case .number(let value):
      message.message(5) { tensor in
        tensor.integer(2, ONNXType.float.rawValue)
        tensor.header(9, byteCount: MemoryLayout<Float>.size)
        unsafe withUnsafeBytes(of: value.bitPattern.littleEndian) { unsafe tensor.append(Array($0)) }
      }
      message.integer(20, 4)
    case .shape(let dimensions):
      message.message(5) { tensor in
        tensor.integer(1, dimensions.count)
        tensor.integer(2, ONNXType.int64.rawValue)
        tensor.header(9, byteCount: dimensions.count * MemoryLayout<Int64>.size)
        for dimension in dimensions {
          unsafe withUnsafeBytes(of: Int64(dimension).littleEndian) { unsafe tensor.append(Array($0)) }
        }
      }
      message.integer(20, 4)
    case .integers(let values):
      for value in values { message.integer(8, value) }
      message.integer(20, 7)
    }
  }
}
