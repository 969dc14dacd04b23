import Testing

@testable import NeuralNetwork

/// Backpropagation against numerical differentiation, for each layer with each loss it can have.
struct GradientCheckTests {
  /// A network, and a seed that keeps ReLU's inputs away from its kink.
  struct Example: CustomTestStringConvertible, Sendable {
    let inputShape: [Int]
    let layers: [LayerSpecification]
    var testDescription: String { "\(inputShape) " + layers.map { "\($0)" }.joined(separator: " ") }

    init(_ inputShape: [Int], _ layers: [LayerSpecification]) {
      self.inputShape = inputShape
      self.layers = layers
    }
  }

  static let examples = [
    Example([4], [.affine(outputs: 3)]),
    Example([4], [.affine(outputs: 3), .sigmoid]),
    Example([4], [.affine(outputs: 3), .relu]),
    Example([4], [.affine(outputs: 3), .tanh]),
    Example([4], [.affine(outputs: 3), .identity]),
    Example([4], [.affine(outputs: 3), .softmax]),
    Example([3], [.sigmoid]),
    Example([3], [.relu]),
    Example([3], [.softmax, .softmax]),
    Example([2, 3], [.affine(outputs: 3), .softmax]),
    Example([2, 3, 2], [.tanh, .affine(outputs: 3), .sigmoid]),
    Example([4], [.affine(outputs: 3), .leakyReLU(slope: 0.2)]),
    Example([4], [.affine(outputs: 3), .gelu]),
    Example([4], [.affine(outputs: 3), .silu]),
    Example([3], [.silu]),
    Example([4], [.affine(outputs: 3), .elu(alpha: 0.7)]),
    Example([3], [.elu()]),
    Example([4], [.affine(outputs: 3), .softplus]),
    Example([3], [.softplus]),
    Example([3], [.leakyReLU()]),
    Example([3], [.gelu]),
    Example([3], [.dropout(rate: 0.4)]),
    Example([3], [.batchNormalization()]),
    Example([3], [.batchNormalization(), .sigmoid]),
    Example([3, 1, 1], [.flatten]),
    Example([2, 4], [.convolution(filters: 1, kernelSize: 2), .flatten]),
    Example(
      [2, 3, 5],
      [.convolution(filters: 3, kernelSize: 3, stride: 3, padding: 1), .maximumPooling(size: 1, stride: 2), .softmax]),
    Example([3, 2, 2], [.maximumPooling(size: 2)]),
    Example([3, 2, 2], [.averagePooling(size: 2)]),
    Example([3, 2, 3], [.batchNormalization(epsilon: 0.1), .averagePooling(size: 2)]),
    Example(
      [2, 5, 4],
      [
        .convolution(filters: 3, kernelSize: 3, padding: 1), .batchNormalization(), .relu,
        .maximumPooling(size: 2), .convolution(filters: 4, kernelSize: 2), .tanh, .flatten,
        .dropout(rate: 0.3), .affine(outputs: 3), .softmax,
      ]),
    Example(
      [5, 6],
      [
        .identity, .convolution(filters: 2, kernelSize: 2, stride: 2, padding: 1), .leakyReLU(),
        .averagePooling(size: 2, stride: 1), .gelu, .batchNormalization(), .affine(outputs: 3), .sigmoid,
      ]),
    Example([4], [.sigmoid, .flatten, .relu, .dropout(rate: 0.5), .identity, .affine(outputs: 3), .sigmoid]),
    Example([5], [.affine(outputs: 6), .relu, .affine(outputs: 5), .tanh, .affine(outputs: 3), .softmax]),
    Example(
      [5],
      [
        .affine(outputs: 4), .sigmoid, .affine(outputs: 4), .relu, .affine(outputs: 4), .softmax,
        .affine(outputs: 4), .identity, .affine(outputs: 3), .tanh,
      ]),
  ]

  @Test(arguments: examples) func gradientsOfTheSquaredErrorAreRight(_ example: Example) throws {
    try check(example, .values(randomMatrix(rows: 5, columns: 3, seed: 12)), .squaredError)
    try check(example, .labels([0, 1, 2, 2, 1], classes: 3), .squaredError)
  }

  @Test(arguments: examples.filter { $0.layers.last == .softmax })
  func gradientsOfTheCrossEntropyAreRight(_ example: Example) throws {
    try check(example, .labels([2, 0, 1, 1, 0], classes: 3), .crossEntropy)
    let distributions = try Matrix<Double>([
      [1, 0, 0], [0, 0, 1], [0.2, 0.3, 0.5], [0.6, 0.4, 0], [0, 1, 0],
    ])
    try check(example, .values(distributions), .crossEntropy)
  }

  @Test(arguments: examples.filter { $0.layers.last == .sigmoid })
  func gradientsOfTheBinaryCrossEntropyAreRight(_ example: Example) throws {
    try check(example, .labels([2, 0, 1, 1, 0], classes: 3), .binaryCrossEntropy)
    let several = try Matrix<Double>([[1, 0, 1], [0, 0, 0], [0.2, 0.9, 0.5], [1, 1, 1], [0, 1, 0]])
    try check(example, .values(several), .binaryCrossEntropy)
  }

  @Test func binaryCrossEntropyOfOneOutput() throws {
    let example = Example([4], [.affine(outputs: 3), .gelu, .affine(outputs: 1), .sigmoid])
    try check(example, .labels([1, 0, 0, 1, 1], classes: 2), .binaryCrossEntropy)
    try check(example, .values(Matrix([[1], [0], [0.5], [0.25], [0]])), .binaryCrossEntropy)
  }

  @Test func aWrongGradientDoesNotPass() throws {
    // A rectifier right at its kink, where the two derivatives must differ: 0 against one half.
    let network = try Network<Double>(inputShape: [1], layers: [.relu], parameters: [:])
    let result = try GradientCheck.run(
      network: network, inputs: Matrix([[0]]), targets: .values(Matrix([[-1]])), loss: .squaredError)
    #expect(result.largestError > 0.9)
    #expect(result.place == "inputs[0]")
    #expect(result.backpropagated == 0)
    #expect(result.compared == 1)
  }

  @Test func singlePrecisionGivesTheSameGradients() throws {
    let double = try randomNetwork(
      inputShape: [5],
      [.affine(outputs: 6), .tanh, .affine(outputs: 4), .sigmoid, .affine(outputs: 3), .softmax])
    var parameters: [String: [Float]] = [:]
    for entry in double.parameterEntries {
      parameters[entry.name] = double.parameters[entry.range].map { Float($0) }
    }
    let single = try Network<Float>(inputShape: [5], layers: double.layers, parameters: parameters)
    let inputs: Matrix<Double> = try randomMatrix(rows: 9, columns: 5, seed: 4)
    let labels = randomLabels(9, classes: 3, seed: 4)
    let a = try double.lossAndGradients(
      inputs: inputs, targets: .labels(labels, classes: 3), loss: .crossEntropy)
    let b = try single.lossAndGradients(
      inputs: Matrix(rows: 9, columns: 5, elements: inputs.elements.map { Float($0) }),
      targets: .labels(labels, classes: 3), loss: .crossEntropy)
    #expect(abs(a.loss - b.loss) < 1e-6)
    #expect(isClose(a.parameters.map { Float($0) }, b.parameters, within: 1e-6))
    #expect(isClose(a.inputs.elements.map { Float($0) }, b.inputs.elements, within: 1e-6))
  }

  private func check(_ example: Example, _ targets: Targets<Double>, _ loss: Loss) throws {
    var network = try randomNetwork(inputShape: example.inputShape, example.layers, seed: 7)
    // The scales of batch normalisation begin at 1, where a forgotten factor would not show.
    for (index, entry) in network.parameterEntries.enumerated() where entry.name.hasPrefix("batchnorm") {
      for element in entry.range { network.parameters[element] += 0.25 * Double(index - element % 3) }
    }
    let inputs: Matrix<Double> = try randomMatrix(
      rows: 5, columns: example.inputShape.reduce(1, *), seed: 21)
    let result = try GradientCheck.run(network: network, inputs: inputs, targets: targets, loss: loss, seed: 3)
    #expect(result.compared == network.parameterCount + inputs.elements.count)
    #expect(result.largestError <= 1e-6, "\(result)")
  }
}
