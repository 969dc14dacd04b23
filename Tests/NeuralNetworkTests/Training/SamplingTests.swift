import NeuralNetwork
import Testing

struct SamplingTests {
  /// A regression whose only weight has the gradient −x: the steps tell which samples came when.
  private func steps(
    order: [Int]?, batchSize: Int = 1, sampling: Sampling = .sequential, iterations: Int
  ) throws -> [Double] {
    let x = try Matrix<Double>([[1], [10], [100], [1_000]])
    let network = try Network<Double>(
      inputShape: [1], layers: [.affine(outputs: 1), .identity],
      parameters: ["affine1.weight": [0], "affine1.bias": [0]])
    // ∂L/∂w = (w x + b − t) x = −x for a target of 1 and steps this small.
    let trainer = try Trainer(
      network: network,
      training: Dataset(inputs: DatasetInputs(x), targets: .values(Matrix([[1], [1], [1], [1]]))), order: order,
      configuration: TrainingConfiguration(
        loss: .squaredError, learningRate: 1e-12, batchSize: batchSize, duration: .iterations(iterations),
        sampling: sampling, seed: 1))
    var previous = 0.0
    var steps: [Double] = []
    _ = try trainer.run(progress: { _ in
      let weight = trainer.network.parameters[0]
      steps.append(((weight - previous) * 1e12).rounded())
      previous = weight
    })
    return steps
  }

  @Test func aChosenOrderIsKeptInEachEpoch() throws {
    #expect(try steps(order: [2, 0, 3], iterations: 6) == [100, 1, 1_000, 100, 1, 1_000])
    #expect(try steps(order: [1, 1, 3, 2], batchSize: 2, iterations: 3) == [10, 550, 10])
    #expect(try steps(order: nil, iterations: 5) == [1, 10, 100, 1_000, 1])
  }

  @Test func anOrderThatDoesNotFitIsRefused() throws {
    func error(_ order: [Int], _ sampling: Sampling = .sequential) -> NetworkError? {
      networkError { _ = try steps(order: order, sampling: sampling, iterations: 1) }
    }
    #expect(error([0, 4])?.code == .indexOutOfRange)
    #expect(error([0, 4])?.place == "index 1 of the order")
    #expect(error([-1])?.code == .indexOutOfRange)
    #expect(error([])?.code == .countMismatch)
    #expect(error([0], .withoutReplacement)?.place == "order")
    #expect(error([0, 3]) == nil)
  }

  @Test func strataNeedLabels() {
    let error = networkError { _ = try steps(order: nil, sampling: .stratified, iterations: 1) }
    #expect(error?.place == "sampling")
  }

  @Test(arguments: Sampling.allCases) func trainingLearnsWithEveryKindOfSampling(sampling: Sampling) throws {
    let trainer = try Trainer<Float>(
      network: patternNetwork(), training: patternDataset(count: 300, seed: 1),
      test: patternDataset(count: 100, seed: 3),
      configuration: TrainingConfiguration(
        batchSize: 32, duration: .epochs(12), sampling: sampling, seed: 1, threads: 2))
    var last: EpochRecord?
    #expect(try trainer.run(epochEnded: { last = $0 }) == .finished)
    #expect((last?.testAccuracy ?? 0) > 0.95)
  }

  @Test(arguments: [1, 2]) func theBatchSizeChangesDuringTrainingAndTheOptimiserRemembers(
    threads: Int
  ) throws {
    let data: Dataset<Double> = try patternDataset(count: 60, seed: 1)
    func train(
      _ network: Network<Double>, batchSize: Int, changes: [Int: Int], epochs: Int
    ) throws -> (network: Network<Double>, iterations: [Int], totals: [Int]) {
      let trainer = try Trainer(
        network: network, training: data,
        configuration: TrainingConfiguration(
          optimizer: .momentum(), batchSize: batchSize, duration: .epochs(epochs), sampling: .sequential, seed: 1,
          threads: threads))
      var (iterations, totals): ([Int], [Int]) = ([], [])
      var failure: (any Error)?
      let outcome = try trainer.run(
        progress: { totals.append($0.totalIterations) },
        epochEnded: { record in
          iterations.append(record.iterations)
          do { if let size = changes[record.epoch] { try trainer.changeBatchSize(to: size) } } catch {
            failure = error
          }
        })
      #expect(outcome == .finished && failure == nil)
      return (trainer.network, iterations, totals)
    }
    let network = try patternNetwork(Double.self)
    let changed = try train(network, batchSize: 10, changes: [1: 30, 2: 5], epochs: 3)
    #expect(changed.iterations == [6, 8, 20])
    #expect(changed.totals.first == 18 && changed.totals[6] == 10 && changed.totals.last == 20)
    // The same epochs by trainers that each begin without a velocity end elsewhere.
    var restarted = network
    for size in [10, 30, 5] { restarted = try train(restarted, batchSize: size, changes: [:], epochs: 1).network }
    #expect(!isClose(changed.network.parameters, restarted.parameters, within: 1e-6))
    // A change to the size that it has is none.
    let plain = try train(network, batchSize: 10, changes: [:], epochs: 3)
    let same = try train(network, batchSize: 10, changes: [1: 10, 2: 10], epochs: 3)
    #expect(plain.network.parameters == same.network.parameters)
  }

  @Test func aBatchSizeOutOfRangeIsRefused() throws {
    let trainer = try Trainer<Float>(
      network: patternNetwork(), training: patternDataset(count: 30, seed: 1),
      configuration: TrainingConfiguration(seed: 1))
    for size in [0, -1, TrainingConfiguration.maximumBatchSize + 1] {
      #expect(networkError { try trainer.changeBatchSize(to: size) }?.code == .valueOutOfRange)
    }
    #expect(trainer.batchSize == 30)
  }
}
