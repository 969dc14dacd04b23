import Testing

@testable import NeuralNetwork

struct BatchNormalizationTests {
  private func trained(
    _ inputs: Matrix<Float>, momentum: Double = 0.5, iterations: Int = 1, batchSize: Int? = nil
  ) throws -> Network<Float> {
    var generator = RandomGenerator(seed: 1)
    let network = try Network<Float>(
      inputShape: [inputs.columns], layers: [.batchNormalization(momentum: momentum)], initializer: .he,
      generator: &generator)
    let targets = Matrix<Float>(
      uncheckedRows: inputs.rows, columns: inputs.columns,
      elements: Array(repeating: 0, count: inputs.elements.count))
    let trainer = try Trainer(
      network: network, training: Dataset(inputs: DatasetInputs(inputs), targets: .values(targets)),
      configuration: TrainingConfiguration(
        loss: .squaredError, batchSize: batchSize ?? inputs.rows, duration: .iterations(iterations),
        sampling: .sequential, seed: 1, threads: 2))
    _ = try trainer.run()
    return trainer.network
  }

  @Test func aNewLayerChangesNothingButByEpsilon() throws {
    var generator = RandomGenerator(seed: 1)
    let network = try Network<Double>(
      inputShape: [2, 2, 2], layers: [.batchNormalization(epsilon: 1e-20)], initializer: .he, generator: &generator)
    #expect(network.values(of: "batchnorm1.weight") == [1, 1])
    #expect(network.values(of: "batchnorm1.bias") == [0, 0])
    #expect(network.values(of: "batchnorm1.running_mean") == [0, 0])
    #expect(network.values(of: "batchnorm1.running_variance") == [1, 1])
    #expect(network.parameterCount == 4)
    #expect(network.parameterEntries.map(\.role) == ["weight", "bias"])
    let inputs: Matrix<Double> = try randomMatrix(rows: 3, columns: 8, seed: 5)
    #expect(try network.predict(inputs) == inputs)
  }

  @Test func runningStatisticsApproachTheData() throws {
    // Mean 3 and unbiased variance 4, mean −1 and variance 0.
    let inputs = try Matrix<Float>([[1, -1], [3, -1], [5, -1]])
    let once = try trained(inputs)
    #expect(once.values(of: "batchnorm1.running_mean") == [1.5, -0.5])
    #expect(once.values(of: "batchnorm1.running_variance") == [2.5, 0.5])
    let twice = try trained(inputs, iterations: 2)
    #expect(twice.values(of: "batchnorm1.running_mean") == [2.25, -0.75])
    #expect(twice.values(of: "batchnorm1.running_variance") == [3.25, 0.25])
  }

  @Test func aMiniBatchWhoseLossIsNotFiniteChangesNothing() throws {
    let network = try trained(Matrix<Float>([[1, 2], [.nan, 4]]))
    #expect(network.values(of: "batchnorm1.running_mean") == [0, 0])
    #expect(network.values(of: "batchnorm1.running_variance") == [1, 1])
  }

  @Test func meansFarFromZeroKeepTheDigitsOfSmallDeviations() throws {
    let network = try Network<Float>(
      inputShape: [4, 4, 4], layers: [.batchNormalization()],
      parameters: [
        "batchnorm1.weight": [1, 1, 1, 1], "batchnorm1.bias": [0, 0, 0, 0],
        "batchnorm1.running_mean": [0, 0, 0, 0], "batchnorm1.running_variance": [1, 1, 1, 1],
      ])
    // 1000 ± 1, where the difference of mean square and squared mean has no digits left.
    let inputs = Matrix<Float>(
      uncheckedRows: 8, columns: 64, elements: (0..<512).map { 1000 + ($0 % 2 == 0 ? 1 : -1) })
    let targets = Matrix<Float>(uncheckedRows: 8, columns: 64, elements: (0..<512).map { $0 % 2 == 0 ? 1 : -1 })
    let gradients = try network.lossAndGradients(inputs: inputs, targets: .values(targets), loss: .squaredError)
    #expect(gradients.loss < 1e-8)
  }
}
