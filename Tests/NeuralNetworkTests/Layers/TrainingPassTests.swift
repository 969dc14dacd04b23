import Testing

@testable import NeuralNetwork

/// What holds for whole networks of all kinds of layers.
struct TrainingPassTests {
  private static let everything: [LayerSpecification] = [
    .identity, .convolution(filters: 4, kernelSize: 3, padding: 1), .batchNormalization(), .gelu,
    .maximumPooling(size: 2), .convolution(filters: 3, kernelSize: 2), .leakyReLU(),
    .averagePooling(size: 2, stride: 1),
    .flatten, .dropout(rate: 0.3), .affine(outputs: 12), .batchNormalization(), .relu, .dropout(rate: 0.2),
    .affine(outputs: 10), .softmax,
  ]

  private func train<Scalar: NetworkScalar>(
    _: Scalar.Type, threads: Int, batchSize: Int = 30, epochs: Int = 2
  ) throws -> Network<Scalar> {
    var generator = RandomGenerator(seed: 3)
    let network = try Network<Scalar>(
      inputShape: [8, 8], layers: Self.everything, initializer: .he, generator: &generator)
    let trainer = try Trainer(
      network: network, training: patternDataset(count: 200, seed: 1),
      configuration: TrainingConfiguration(
        learningRate: 0.1, batchSize: batchSize, duration: .epochs(epochs), seed: 7, threads: threads))
    #expect(try trainer.run() == .finished)
    return trainer.network
  }

  /// Batch normalisation over the whole mini-batch, and the same values dropped: only rounding differs.
  @Test func theNumberOfThreadsChangesNothingButRounding() throws {
    let one = try train(Double.self, threads: 1)
    for threads in [2, 3] {
      let other = try train(Double.self, threads: threads)
      #expect(isClose(other.parameters, one.parameters, within: 1e-9))
      #expect(isClose(other.runningStatistics, one.runningStatistics, within: 1e-9))
      #expect(other.parameters != one.parameters, "without rounding the test would not test threads")
    }
  }

  @Test(arguments: [1, 2, 3]) func theSameSeedAndThreadsGiveTheSameBits(threads: Int) throws {
    let (first, second) = (try train(Float.self, threads: threads), try train(Float.self, threads: threads))
    #expect(first.parameters == second.parameters)
    #expect(first.runningStatistics == second.runningStatistics)
  }

  /// 200 samples in batches of 33 leave two for the last one, which is fewer than there are threads.
  @Test func workersWithoutRowsTakePart() throws {
    let one = try train(Double.self, threads: 1, batchSize: 33)
    let five = try train(Double.self, threads: 5, batchSize: 33)
    #expect(isClose(five.parameters, one.parameters, within: 1e-9))
    #expect(isClose(five.runningStatistics, one.runningStatistics, within: 1e-9))
  }

  @Test func aNetworkOfAllLayersLearns() throws {
    let network = try train(Float.self, threads: 2, batchSize: 10, epochs: 6)
    let test: Dataset<Float> = try patternDataset(count: 300, seed: 2)
    let evaluation = try network.evaluate(test, loss: .crossEntropy)
    #expect(try #require(evaluation.accuracy) > 0.6, "\(evaluation)")
  }

  @Test func layersThatDoNotKnowTheModeDoTheSameInBoth() throws {
    let layers = Self.everything.filter { !["dropout", "batchnorm"].contains($0.kind) }
    let network = try randomNetwork(inputShape: [8, 8], layers)
    let inputs: Matrix<Double> = try randomMatrix(rows: 6, columns: 64, seed: 2)
    let targets = Targets<Double>.labels([0, 3, 9, 2, 2, 7], classes: 10)
    let inference = try network.evaluate(
      Dataset(inputs: DatasetInputs(inputs), targets: targets), loss: .crossEntropy)
    let training = try network.lossAndGradients(inputs: inputs, targets: targets, loss: .crossEntropy)
    #expect(inference.loss == training.loss)
  }

  /// Layers that share memory against the same layers one by one, each in a network of its own.
  @Test func sharedMemoryDoesNotShow() throws {
    let layers: [LayerSpecification] = [
      .identity, .sigmoid, .flatten, .relu, .dropout(rate: 0.4), .identity, .leakyReLU(slope: 0.5), .tanh, .softmax,
      .flatten,
    ]
    let network = try Network<Double>(inputShape: [2, 3], layers: layers, parameters: [:])
    let inputs: Matrix<Double> = try randomMatrix(rows: 4, columns: 6, seed: 6)
    var values = inputs
    for layer in layers {
      values = try Network<Double>(inputShape: [6], layers: [layer], parameters: [:]).predict(values)
    }
    #expect(try network.predict(inputs) == values)
    #expect(network.architecture.overwritesInput == [true, true, false, true, false, true, true, false, false, false])
  }
}
