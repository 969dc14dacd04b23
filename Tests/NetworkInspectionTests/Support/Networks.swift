import NeuralNetwork
import TestSupport

/// A network whose tensors are given by name; those that are not are 0, or what a new network has.
func network(
  _ inputShape: [Int], _ layers: [LayerSpecification], _ tensors: [String: [Float]] = [:]
) throws -> Network<Float> {
  let architecture = try Architecture<Float>(inputShape: inputShape, layers: layers)
  var all = tensors
  for entry in architecture.parameterEntries + architecture.runningStatisticsEntries where all[entry.name] == nil {
    all[entry.name] = Array(repeating: entry.role == "running_variance" ? 1 : 0, count: entry.specification.count)
  }
  return try Network(inputShape: inputShape, layers: layers, parameters: all)
}

/// A network all of whose tensors are random, variances positive.
func randomNetwork(_ inputShape: [Int], _ layers: [LayerSpecification], seed: UInt64) throws -> Network<Float> {
  let architecture = try Architecture<Float>(inputShape: inputShape, layers: layers)
  var generator = RandomGenerator(seed: seed)
  var tensors: [String: [Float]] = [:]
  for entry in architecture.parameterEntries + architecture.runningStatisticsEntries {
    tensors[entry.name] = (0..<entry.specification.count).map { _ in
      let value = Float(0.5 * generator.normal())
      return entry.role == "running_variance" ? 0.1 + value.magnitude : value
    }
  }
  return try network(inputShape, layers, tensors)
}

/// 6-8-5 with ReLU and softmax, as `inspection.py` has it.
func oracleNetwork(salt: Int) throws -> Network<Float> {
  try network(
    [6], [.affine(outputs: 8), .relu, .affine(outputs: 5), .softmax],
    [
      "affine1.weight": Oracle.numbers(48, salt: salt, scale: 64),
      "affine1.bias": Oracle.numbers(8, salt: salt + 1, scale: 64),
      "affine2.weight": Oracle.numbers(40, salt: salt + 2, scale: 64),
      "affine2.bias": Oracle.numbers(5, salt: salt + 3, scale: 64),
    ])
}

/// The samples that `inspection.py` runs through them.
func oracleInputs() throws -> Matrix<Float> {
  try Matrix(rows: 700, columns: 6, elements: Oracle.numbers(4200, salt: 3, scale: 16))
}

/// Some of the rows of a matrix.
func rows(_ range: Range<Int>, of matrix: Matrix<Float>) throws -> DatasetInputs<Float> {
  try DatasetInputs(
    Matrix(
      rows: range.count, columns: matrix.columns,
      elements: Array(matrix.elements[range.lowerBound * matrix.columns..<range.upperBound * matrix.columns])))
}

/// Random samples.
func randomSamples(_ count: Int, width: Int, in range: ClosedRange<Double>, seed: UInt64) throws -> Matrix<Float> {
  var generator = RandomGenerator(seed: seed)
  return try Matrix(
    rows: count, columns: width,
    elements: (0..<count * width).map { _ in
      Float(range.lowerBound + (range.upperBound - range.lowerBound) * generator.uniform())
    })
}
