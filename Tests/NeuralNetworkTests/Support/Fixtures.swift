@testable import NeuralNetwork

/// A matrix of normal deviates that follow from the seed.
func randomMatrix<Scalar: NetworkScalar>(
  _ type: Scalar.Type = Scalar.self, rows: Int, columns: Int, seed: UInt64, scale: Double = 1
) throws -> Matrix<Scalar> {
  var generator = RandomGenerator(seed: seed)
  return try Matrix(
    rows: rows, columns: columns,
    elements: (0..<rows * columns).map { _ in Scalar(scale * generator.normal()) })
}

/// Labels that follow from the seed.
func randomLabels(_ count: Int, classes: Int, seed: UInt64) -> [Int] {
  var generator = RandomGenerator(seed: seed)
  return (0..<count).map { _ in generator.next(below: classes) }
}

/// A network whose weights are N(0, 0.5²) and whose biases are not 0, so that each parameter matters.
func randomNetwork(
  inputShape: [Int], _ layers: [LayerSpecification], seed: UInt64 = 1
) throws -> Network<Double> {
  var generator = RandomGenerator(seed: seed)
  var network = try Network<Double>(
    inputShape: inputShape, layers: layers, initializer: .normal(standardDeviation: 0.5),
    generator: &generator)
  for entry in network.parameterEntries where entry.role == "bias" {
    for index in entry.range { network.parameters[index] = 0.3 * generator.normal() }
  }
  return network
}

/// Images of 64 bytes in ten classes: a fixed random pattern for each class, with noise on each image.
func patternDataset<Scalar: NetworkScalar>(
  _ type: Scalar.Type = Scalar.self, count: Int, seed: UInt64
) throws -> Dataset<Scalar> {
  var patterns = RandomGenerator(seed: 2024)
  let classes = (0..<10).map { _ in (0..<64).map { _ in patterns.next(below: 200) } }
  var generator = RandomGenerator(seed: seed)
  var bytes: [UInt8] = []
  var labels: [Int] = []
  for _ in 0..<count {
    let label = generator.next(below: 10)
    labels.append(label)
    bytes += classes[label].map { UInt8($0 + generator.next(below: 56)) }
  }
  return try Dataset(
    inputs: DatasetInputs(bytes: bytes, width: 64, scale: 1 / 255, offset: -0.5),
    targets: .labels(labels, classes: 10))
}

/// A classifier for `patternDataset`.
func patternNetwork<Scalar: NetworkScalar>(
  _ type: Scalar.Type = Scalar.self, hidden: Int = 16, activation: LayerSpecification = .relu
) throws -> Network<Scalar> {
  var generator = RandomGenerator(seed: 5)
  return try Network(
    inputShape: [64], layers: [.affine(outputs: hidden), activation, .affine(outputs: 10), .softmax],
    initializer: .he, generator: &generator)
}

/// |a − b| ≤ tolerance for each pair, and as many on both sides.
func isClose<Scalar: NetworkScalar>(_ a: [Scalar], _ b: [Scalar], within tolerance: Scalar) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance }
}

/// The error that `body` throws, for a look at its evidence.
func networkError(_ body: () throws -> Void) -> NetworkError? {
  do {
    try body()
    return nil
  } catch {
    return error as? NetworkError
  }
}
