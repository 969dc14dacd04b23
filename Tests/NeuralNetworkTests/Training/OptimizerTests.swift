import TestSupport
import Testing

@testable import NeuralNetwork

/// Optimisers, weight decay and clipping against what PyTorch computes in double precision.
struct OptimizerTests {
  private static func network<Scalar: NetworkScalar>(_: Scalar.Type) throws -> Network<Scalar> {
    let layers = try NetworkText("batchnorm dense(5) tanh dense(3) softmax").layers
    var parameters: [String: [Scalar]] = [:]
    for (index, entry) in try Architecture<Scalar>(inputShape: [4], layers: layers).parameterEntries.enumerated() {
      parameters[entry.name] = Oracle.numbers(entry.range.count, salt: index + 1, scale: 64)
    }
    parameters["batchnorm1.running_mean"] = [0, 0, 0, 0]
    parameters["batchnorm1.running_variance"] = [1, 1, 1, 1]
    return try Network(inputShape: [4], layers: layers, parameters: parameters)
  }

  /// The losses of all mini-batches, and the parameters after the last.
  private static func train<Scalar: NetworkScalar>(
    _ oracle: OptimizerCase, threads: Int, _: Scalar.Type
  ) throws -> (losses: [Double], network: Network<Scalar>) {
    let inputs = try Matrix<Scalar>(
      rows: OptimizerOracle.samples, columns: 4,
      elements: Oracle.numbers(OptimizerOracle.samples * 4, salt: 0, scale: 32))
    let labels = (0..<OptimizerOracle.samples).map { $0 % 3 }
    let trainer = try Trainer(
      network: network(Scalar.self),
      training: Dataset(inputs: DatasetInputs(inputs), targets: .labels(labels, classes: 3)),
      configuration: TrainingConfiguration(
        optimizer: oracle.optimizer, learningRate: oracle.learningRate, weightDecay: oracle.weightDecay,
        clipping: oracle.clipping, batchSize: OptimizerOracle.batchSize,
        duration: .iterations(OptimizerOracle.iterations), sampling: .sequential, seed: 1, threads: threads))
    var losses: [Double] = []
    #expect(try trainer.run(progress: { losses.append($0.loss) }) == .finished)
    return (losses, trainer.network)
  }

  /// Ten steps in Double are PyTorch's.
  @Test(arguments: OptimizerOracle.cases) func tenStepsInDoubleAreThoseOfPyTorch(
    oracle: OptimizerCase
  ) throws {
    let expected = try oracle.steps()
    for threads in 1...3 {
      let (losses, network) = try Self.train(oracle, threads: threads, Double.self)
      #expect(isClose(losses, expected.losses, within: 1e-12))
      #expect(isClose(network.parameters, expected.parameters, within: 1e-10))
    }
  }

  /// Ten steps in Float are PyTorch's.
  @Test(arguments: OptimizerOracle.cases) func tenStepsInFloatAreThoseOfPyTorch(oracle: OptimizerCase) throws {
    let expected = try oracle.steps()
    for threads in 1...2 {
      let (losses, network) = try Self.train(oracle, threads: threads, Float.self)
      #expect(isClose(losses, expected.losses, within: 1e-5))
      #expect(isClose(network.parameters.map(Double.init), expected.parameters, within: 1e-5))
    }
  }

  @Test(arguments: OptimizerOracle.cases) func theOptimiserLeavesRunningStatisticsAlone(
    oracle: OptimizerCase
  ) throws {
    // The statistics of the inputs follow from the inputs: no optimiser, decay or clipping changes them.
    let network = try Self.train(oracle, threads: 2, Double.self).network
    let plain = try Self.train(try #require(OptimizerOracle.cases.first), threads: 2, Double.self).network
    #expect(isClose(network.runningStatistics, plain.runningStatistics, within: 1e-15))
  }

  @Test func everyOptimiserHasACase() {
    #expect(Set(OptimizerOracle.cases.map(\.optimizer.name)) == Set(Optimizer.Name.allCases))
  }

  @Test func everyOptimiserAndScheduleOfTheScriptIsHere() throws {
    let content = try OptimizerOracle.content.get()
    #expect(Set(content.optimizers.keys) == Set(OptimizerOracle.cases.map(\.name)))
    #expect(Set(content.schedules.keys) == Set(OptimizerOracle.schedules.map(\.name)))
  }

  @Test(arguments: Optimizer.Name.allCases) func aNameGivesTheOptimiserOfThatName(
    name: Optimizer.Name
  ) throws {
    #expect(Optimizer(name).name == name)
    #expect(try TrainingConfiguration(optimizer: Optimizer(name), seed: 1).optimizer == Optimizer(name))
  }

  /// Many parameters, so that blocks end inside of tensors: gradients differ from worker to worker.
  ///
  /// The same seed and threads give the same bits, another number of threads the same up to rounding.
  @Test(arguments: [GradientClipping.norm(0.01), .norm(1_000), .value(0.001)])
  func theSameSeedAndThreadsGiveTheSameBits(
    clipping: GradientClipping
  ) throws {
    func train(threads: Int) throws -> [Double] {
      let trainer = try Trainer(
        network: patternNetwork(Double.self, hidden: 150, activation: .tanh),
        training: patternDataset(count: 60, seed: 1),
        configuration: TrainingConfiguration(
          optimizer: .adam(), weightDecay: 0.1, clipping: clipping, batchSize: 20, duration: .epochs(2), seed: 4,
          threads: threads))
      #expect(try trainer.run() == .finished)
      return trainer.network.parameters
    }
    let one = try train(threads: 1)
    for threads in 1...4 {
      let parameters = try train(threads: threads)
      #expect(parameters == (try train(threads: threads)))
      #expect(isClose(parameters, one, within: 1e-8))
    }
  }

  @Test func weightDecayWithoutGradientsShrinksWeightsAlone() throws {
    // All inputs are 0, so that the first weights have no gradients; only decay changes them.
    let network = try patternNetwork(Double.self)
    let data = try Dataset<Double>(
      inputs: DatasetInputs(bytes: Array(repeating: 0, count: 64), width: 64, scale: 1, offset: 0),
      targets: .labels([3], classes: 10))
    for optimizer in [Optimizer.sgd, .adamw()] {
      let trainer = try Trainer(
        network: network, training: data,
        configuration: TrainingConfiguration(
          optimizer: optimizer, learningRate: 0.5, weightDecay: 0.5, duration: .iterations(3), seed: 1))
      _ = try trainer.run()
      let expected = try #require(network.values(of: "affine1.weight")).map { $0 * 0.421_875 }
      #expect(isClose(try #require(trainer.network.values(of: "affine1.weight")), expected, within: 1e-15))
    }
  }

  @Test func clippingByNormDoesNotHideAnInfiniteGradient() throws {
    // The loss ½ · 1e150² is finite; the gradient of the weight, −1e150 · 1.8e308, is not.
    let network = try Network<Double>(
      inputShape: [1], layers: [.affine(outputs: 1), .identity],
      parameters: ["affine1.weight": [0], "affine1.bias": [0]])
    let data = try Dataset<Double>(
      inputs: DatasetInputs(Matrix([[.greatestFiniteMagnitude]])), targets: .values(Matrix([[1e150]])))
    let configuration = try TrainingConfiguration(
      loss: .squaredError, clipping: .norm(1), duration: .iterations(1), seed: 1)
    guard case .diverged = try Trainer(network: network, training: data, configuration: configuration).run() else {
      Issue.record("the infinite gradient went unnoticed")
      return
    }
  }

  @Test func settingsOutOfRangeAreRefusedByName() {
    func place(
      _ optimizer: Optimizer = .sgd, weightDecay: Double? = nil, clipping: GradientClipping? = nil
    ) -> String? {
      networkError {
        _ = try TrainingConfiguration(
          optimizer: optimizer, weightDecay: weightDecay, clipping: clipping, seed: 1)
      }?.place
    }
    for momentum in [1, -0.1, .nan, .infinity] {
      #expect(place(.momentum(momentum)) == "momentum")
      #expect(place(.nesterov(momentum)) == "momentum")
      #expect(place(.rmsprop(decay: momentum)) == "decay")
      #expect(place(.adam(beta1: momentum)) == "beta1")
      #expect(place(.adamw(beta2: momentum)) == "beta2")
    }
    for epsilon in [0, -1, 1e-60, .nan, .infinity] {
      #expect(place(.adagrad(epsilon: epsilon)) == "epsilon")
      #expect(place(clipping: .norm(epsilon)) == "gradient clipping")
      #expect(place(clipping: .value(epsilon)) == "gradient clipping")
    }
    for decay in [-1, .nan, .infinity, 1e39] { #expect(place(weightDecay: decay) == "weight decay") }
    #expect(place(.momentum(0), weightDecay: 0, clipping: .norm(1)) == nil)
  }
}
