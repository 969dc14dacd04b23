import NeuralNetwork

/// Networks of all kinds of layers, with seeded parameters.
enum RandomNetworks {
  /// Layer by layer: every kind, also without parameters, and inputs of several ranks.
  static let architectures: [(inputShape: [Int], layers: [LayerSpecification])] = [
    ([3], [.affine(outputs: 2)]),
    ([4], [.affine(outputs: 5), .sigmoid, .affine(outputs: 3), .softmax]),
    ([2, 3], [.affine(outputs: 4), .relu, .affine(outputs: 4), .tanh, .affine(outputs: 2), .identity]),
    ([2, 2, 2], [.tanh, .affine(outputs: 6), .relu, .softmax]),
    ([5], [.sigmoid, .relu, .identity]),
    ([4], [.affine(outputs: 5), .silu, .affine(outputs: 2), .elu(alpha: 0.75), .softplus]),
    ([1], [.affine(outputs: 1), .affine(outputs: 1), .affine(outputs: 1)]),
    (
      [2, 7, 6],
      [
        .convolution(filters: 3, kernelSize: 3, stride: 2, padding: 1), .batchNormalization(), .gelu,
        .maximumPooling(size: 2), .flatten, .dropout(rate: 0.25), .affine(outputs: 2), .softmax,
      ]
    ),
    (
      [6, 6],
      [
        .batchNormalization(momentum: 0.3, epsilon: 1e-3), .convolution(filters: 2, kernelSize: 2),
        .batchNormalization(), .leakyReLU(slope: 0.125), .averagePooling(size: 3, stride: 2),
        .maximumPooling(size: 2, stride: 1),
        .affine(outputs: 1), .sigmoid,
      ]
    ),
  ]

  /// Weights N(0, 1), biases too, so that a forgotten bias shows.
  static func make<Scalar: NetworkScalar>(_: Scalar.Type, _ index: Int, seed: UInt64) throws -> Network<
    Scalar
  > {
    let (inputShape, layers) = architectures[index]
    var generator = RandomGenerator(seed: seed)
    var parameters: [String: [Scalar]] = [:]
    for entry in try Architecture<Scalar>(inputShape: inputShape, layers: layers).parameterEntries {
      parameters[entry.name] = (0..<entry.shape.reduce(1, *)).map { _ in Scalar(generator.normal()) }
    }
    for entry in try Architecture<Scalar>(inputShape: inputShape, layers: layers).runningStatisticsEntries {
      parameters[entry.name] = (0..<entry.shape.reduce(1, *)).map { _ in Scalar(0.1 + abs(generator.normal())) }
    }
    return try Network(inputShape: inputShape, layers: layers, parameters: parameters)
  }

  /// Seeded inputs for a network.
  static func inputs<Scalar: NetworkScalar>(
    for network: Network<Scalar>, rows: Int, seed: UInt64
  ) throws -> Matrix<Scalar> {
    var generator = RandomGenerator(seed: seed)
    let columns = network.inputShape.reduce(1, *)
    return try Matrix(
      rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in Scalar(generator.normal()) })
  }
}
