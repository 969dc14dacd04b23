/// ONNX files written by hand, field by field.
enum ONNXBytes {
  static func varint(_ value: UInt64) -> [UInt8] {
    var (rest, bytes) = (value, [UInt8]())
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  static func integer(_ field: Int, _ value: Int) -> [UInt8] {
    varint(UInt64(field << 3)) + varint(UInt64(bitPattern: Int64(value)))
  }

  static func bytes(_ field: Int, _ bytes: [UInt8]) -> [UInt8] {
    varint(UInt64(field << 3 | 2)) + varint(UInt64(bytes.count)) + bytes
  }

  static func text(_ field: Int, _ text: String) -> [UInt8] { bytes(field, Array(text.utf8)) }

  static func float(_ field: Int, _ value: Float) -> [UInt8] {
    varint(UInt64(field << 3 | 5)) + little(value.bitPattern)
  }

  static func little<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
    (0..<MemoryLayout<T>.size).map { UInt8(truncatingIfNeeded: value >> T(8 * $0)) }
  }

  static func little(_ values: [Float]) -> [UInt8] { values.flatMap { little($0.bitPattern) } }

  /// A `TensorProto`, of 32-bit floats unless something else is said.
  static func tensor(
    _ name: String, _ shape: [Int], type: Int = 1, _ values: [UInt8]
  ) -> [UInt8] {
    shape.flatMap { integer(1, $0) } + integer(2, type) + text(8, name) + values
  }

  /// 32-bit floats as they are.
  static func raw(_ values: [Float]) -> [UInt8] { bytes(9, little(values)) }

  /// A `NodeProto`.
  static func node(
    _ kind: String, _ inputs: [String], _ outputs: [String], _ attributes: [[UInt8]] = [], name: String = ""
  ) -> [UInt8] {
    inputs.flatMap { text(1, $0) } + outputs.flatMap { text(2, $0) } + text(3, name) + text(4, kind)
      + attributes.flatMap { bytes(5, $0) }
  }

  static func attribute(_ name: String, _ value: Int) -> [UInt8] { text(1, name) + integer(3, value) }
  static func attribute(_ name: String, _ value: Float) -> [UInt8] { text(1, name) + float(2, value) }
  static func attribute(_ name: String, _ values: [Int]) -> [UInt8] {
    text(1, name) + values.flatMap { integer(8, $0) }
  }

  /// A `ValueInfoProto` of a tensor; nil is a dimension that is open.
  static func value(_ name: String, _ shape: [Int?]) -> [UInt8] {
    let dimensions = shape.flatMap { bytes(1, $0.map { integer(1, $0) } ?? text(2, "n")) }
    return text(1, name) + bytes(2, bytes(1, integer(1, 1) + bytes(2, dimensions)))
  }

  /// A `GraphProto`.
  static func graph(
    nodes: [[UInt8]] = [], tensors: [[UInt8]] = [], inputs: [[UInt8]] = [], outputs: [[UInt8]] = []
  ) -> [UInt8] {
    nodes.flatMap { bytes(1, $0) } + text(2, "g") + tensors.flatMap { bytes(5, $0) } + inputs.flatMap { bytes(11, $0) }
      + outputs.flatMap { bytes(12, $0) }
  }

  /// What stands before the content of the graph in `file(_:)`: the version, the field and its length.
  static func graphOffset(_ graph: [UInt8]) -> Int { 2 + 1 + varint(UInt64(graph.count)).count }

  /// A whole file with this graph.
  static func file(_ graph: [UInt8], opset: Int = 13, _ rest: [UInt8] = []) -> [UInt8] {
    integer(1, 8) + bytes(7, graph) + bytes(8, text(1, "") + integer(2, opset)) + rest
  }

  /// A whole file whose only tensor has these bytes.
  static func file(tensor: [UInt8]) -> [UInt8] { file(graph(tensors: [tensor])) }
}
