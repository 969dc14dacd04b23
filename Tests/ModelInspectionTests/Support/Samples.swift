import ModelFormat

/// A tensor of 64-bit numbers.
func tensor(_ values: [Double], name: String = "w", shape: [Int]? = nil) throws -> Tensor {
  try Tensor(name: name, shape: shape ?? [values.count], values: values)
}

/// A tensor of any integer bits.
func tensor<T: FixedWidthInteger>(_ type: DataType, _ values: [T], name: String = "w") throws -> Tensor {
  try Tensor(
    TensorDescription(name: name, dataType: type, shape: [values.count]),
    bytes: values.map(\.littleEndian).withUnsafeBytes { Array($0) })
}

/// A reader of the file that holds these parts.
func reader(
  _ tensors: [Tensor], topology: Topology? = nil, history: TrainingHistory = .empty, metadata: Attributes = [:]
) throws -> ModelReader {
  let model = try Model(topology: topology, tensors: tensors, history: history, metadata: metadata)
  return try ModelReader(bytes: model.encoded())
}

/// Whether two numbers agree to within a fraction of the larger one.
func agree(_ left: Double?, _ right: Double, within relative: Double = 1e-13) -> Bool {
  guard let left else { return false }
  return left == right || (left - right).magnitude <= relative * max(left.magnitude, right.magnitude)
}
