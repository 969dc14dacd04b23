import NeuralNetwork
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Seed 001: derivatives, steepest descent, gradients of networks, and learning by mini-batches. The nodes of
/// computational graphs are in Seed001Nodes.
struct Seed001 {
  /// The slope of x² at 1 and -1.
  @Test func theSlopeOfXSquaredAt1AndMinus1() {
    #expect(abs(NumericalDifferentiation.derivative(of: { $0 * $0 }, at: 1) - 2) < 1e-9)
    #expect(abs(NumericalDifferentiation.derivative(of: { $0 * $0 }, at: -1) + 2) < 1e-9)
  }

  /// ∇(2x² + 3y) = (4x, 3).
  ///
  /// Partial derivatives of 2x² + 3y.
  @Test func thePartialDerivativesOf2XSquaredPlus3Y() {
    for point in [[0.0, 0.0], [1.5, -2], [-3, 7]] {
      let gradient = NumericalDifferentiation.gradient(of: { 2 * $0[0] * $0[0] + 3 * $0[1] }, at: point)
      #expect(isClose(gradient, [4 * point[0], 3], within: 1e-8))
    }
  }

  /// x ← x − η ∂f/∂x for f = (x − 2)²: x − 2 shrinks by 1 − 2η in each step.
  @Test func steepestDescentInOneDimensionWithItsPath() {
    let path = SteepestDescent.minimize(
      { ($0[0] - 2) * ($0[0] - 2) }, from: [5], learningRate: 0.25, steps: 8)
    #expect(path.map(\.step) == Array(0...8))
    for point in path {
      #expect(abs(point.position[0] - (2 + 3 * pow(0.5, Double(point.step)))) < 1e-9)
      #expect(point.value == (point.position[0] - 2) * (point.position[0] - 2))
    }
  }

  /// f = x²/20 + y²: each axis shrinks at its own rate, so the path bends, and with a great rate it swings.
  @Test func steepestDescentInTwoDimensionsWithItsPath() {
    let valley = { (x: [Double]) in x[0] * x[0] / 20 + x[1] * x[1] }
    for rate in [0.1, 0.9] {
      let path = SteepestDescent.minimize(valley, from: [-7, 2], learningRate: rate, steps: 30)
      for point in path {
        let k = Double(point.step)
        #expect(isClose(point.position, [-7 * pow(1 - rate / 10, k), 2 * pow(1 - 2 * rate, k)], within: 1e-7))
      }
      #expect(zip(path, path.dropFirst()).allSatisfy { $1.value < $0.value })
    }
  }

  /// x² − y² at the origin: the gradient is 0, but it is no minimum.
  @Test func descentRestsOnASaddlePointAndLeavesItAfterANudge() {
    let saddle = { (x: [Double]) in x[0] * x[0] - x[1] * x[1] }
    let resting = SteepestDescent.minimize(saddle, from: [1, 0], learningRate: 0.1, steps: 200)
    #expect(isClose(resting.last?.position ?? [], [0, 0], within: 1e-9))
    let nudged = SteepestDescent.minimize(saddle, from: [1, 1e-6], learningRate: 0.1, steps: 200)
    #expect((nudged.last?.value ?? 0) < -1)
  }

  /// Far from 0 the sigmoid is flat: descent on σ(x)² gets nowhere, while from 0 it goes on.
  @Test func descentIsStuckOnAPlateau() {
    let function = { (x: [Double]) in pow(ActivationFunction.sigmoid.value(at: x[0]), 2) }
    let stuck = SteepestDescent.minimize(function, from: [25], learningRate: 1, steps: 500)
    #expect(abs((stuck.last?.position[0] ?? 0) - 25) < 1e-3)
    let moving = SteepestDescent.minimize(function, from: [0], learningRate: 1, steps: 500)
    #expect((moving.last?.position[0] ?? 0) < -2)
  }

  /// The share of wrong answers moves in steps: its gradient is 0 nearly everywhere, that of cross-entropy is not.
  @Test func theErrorRateIsNoLossToDescendOn() throws {
    let inputs: Matrix<Double> = try randomMatrix(rows: 10, columns: 3, seed: 3)
    let labels = randomLabels(10, classes: 2, seed: 4)
    func evaluation(_ weights: [Double]) -> Evaluation? {
      try? Network(
        inputShape: [3], layers: [.affine(outputs: 2), .softmax],
        parameters: ["affine1.weight": weights, "affine1.bias": [0, 0]]
      ).evaluate(Dataset(inputs: DatasetInputs(inputs), targets: .labels(labels, classes: 2)), loss: .crossEntropy)
    }
    let weights = [0.3, -0.2, 0.5, 0.1, -0.4, 0.2]
    let errorRate = NumericalDifferentiation.gradient(
      of: { 1 - (evaluation($0)?.accuracy ?? .nan) }, at: weights)
    #expect(errorRate == [0, 0, 0, 0, 0, 0])
    let loss = NumericalDifferentiation.gradient(of: { evaluation($0)?.loss ?? .nan }, at: weights)
    #expect(loss.allSatisfy { $0.magnitude > 1e-3 })
  }

  /// A simple network (one layer of weights) and one of two layers: the gradients by numerical differentiation of the
  /// loss agree with those by backpropagation.
  @Test(arguments: [
    [LayerSpecification.affine(outputs: 3), .softmax],
    [.affine(outputs: 4), .sigmoid, .affine(outputs: 3), .softmax],
    [.affine(outputs: 4), .tanh, .affine(outputs: 3), .softmax],
  ]) func numericalAndBackpropagatedGradientsAgree(layers: [LayerSpecification]) throws {
    let network = try randomNetwork(inputShape: [2], layers)
    let inputs = try Matrix([[0.6, 0.9], [-0.3, 0.4], [1.2, -0.7]])
    let targets = Targets<Double>.labels([2, 0, 1], classes: 3)
    let backpropagated = try network.lossAndGradients(inputs: inputs, targets: targets, loss: .crossEntropy)
    for entry in network.parameterEntries {
      let numerical = NumericalDifferentiation.gradient(
        of: { values in
          var parameters = Dictionary(
            uniqueKeysWithValues: network.parameterEntries.map { ($0.name, network.values(of: $0.name) ?? []) })
          parameters[entry.name] = values
          let changed = try? Network(inputShape: [2], layers: layers, parameters: parameters)
          return (try? changed?.lossAndGradients(inputs: inputs, targets: targets, loss: .crossEntropy))?.loss ?? .nan
        }, at: try #require(network.values(of: entry.name)))
      let slope = try #require(backpropagated.values(of: entry.name))
      #expect(slope.contains { $0.magnitude > 1e-3 })
      #expect(isClose(slope, numerical, within: 1e-8))
    }
    let check = try GradientCheck.run(network: network, inputs: inputs, targets: targets, loss: .crossEntropy)
    #expect(check.largestError < 1e-6)
  }

  /// Mini-batches with and without replacement, and in the order of the data.
  @Test(arguments: Sampling.allCases) func theLossFallsWithEachWayOfSampling(sampling: Sampling) throws {
    var records: [EpochRecord] = []
    _ = try trainer(sampling: sampling, batchSize: 25, epochs: 8).run(epochEnded: { records.append($0) })
    #expect(records.count == 8)
    #expect((records.last?.loss ?? .infinity) < 0.5 * (records.first?.loss ?? 0))
    #expect(records.allSatisfy { $0.samples == 500 })
  }

  /// The order is the analyst's choice: rare labels first, for example, by a data set in that order.
  @Test func aChosenOrderOfTheSamples() throws {
    let data: Dataset<Float> = try patternDataset(count: 60, seed: 2)
    guard case .labels(let labels, _) = data.targets else { return }
    let order = labels.indices.sorted { (labels[$0], $0) < (labels[$1], $1) }
    let chosen = try data.subset(order)
    #expect(chosen.targets == .labels(labels.sorted(), classes: 10))
    func result(_ data: Dataset<Float>) throws -> [Float] {
      let trainer = try Trainer(
        network: patternNetwork(), training: data,
        configuration: TrainingConfiguration(batchSize: 10, sampling: .sequential, seed: 1))
      _ = try trainer.run()
      return trainer.network.parameters
    }
    // Sequential sampling keeps the order, and the order matters.
    #expect(try result(chosen) == result(chosen))
    #expect(try result(chosen) != result(data))
  }

  /// Small batches first, large ones later, in one run: 500 samples make 50 mini-batches of 10, and 5 of 100.
  @Test func theBatchSizeMayChangeDuringTraining() throws {
    let trainer = try trainer(sampling: .withoutReplacement, batchSize: 10, epochs: 8)
    var records: [EpochRecord] = []
    var batchSizes: [Int] = []
    let outcome = try trainer.run(epochEnded: { record in
      records.append(record)
      batchSizes.append(trainer.batchSize)
      if record.epoch == 3 { #expect(throws: Never.self) { try trainer.changeBatchSize(to: 100) } }
    })
    #expect(outcome == .finished)
    #expect(batchSizes == [10, 10, 10, 100, 100, 100, 100, 100])
    #expect(records.map(\.iterations) == [50, 100, 150, 155, 160, 165, 170, 175])
    #expect(records.allSatisfy { $0.samples == 500 })
    // Training goes on from the network that is there.
    #expect(records[3].loss < records[2].loss && records[7].loss < records[3].loss)
  }

  /// Batch learning is one batch of all samples: the objective is always the same, and without a step too great it
  /// falls each time.
  @Test func batchLearningFallsSteadilyOnASimpleRegression() throws {
    let xs = stride(from: -3.0, through: 3, by: 0.1).map { Float($0) }
    let targets = try Matrix(xs.map { [sin($0)] })
    var generator = RandomGenerator(seed: 1)
    let network = try Network<Float>(
      inputShape: [1], layers: [.affine(outputs: 12), .tanh, .affine(outputs: 1), .identity], initializer: .xavier,
      generator: &generator)
    let trainer = try Trainer(
      network: network,
      training: Dataset(inputs: DatasetInputs(Matrix(xs.map { [$0] })), targets: .values(targets)),
      configuration: TrainingConfiguration(
        loss: .squaredError, learningRate: 0.05, batchSize: 1_000, duration: .epochs(300), seed: 1))
    var losses: [Double] = []
    _ = try trainer.run(epochEnded: { losses.append($0.loss) })
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $1 < $0 + 1e-6 })
    #expect((losses.last ?? .infinity) < 0.25 * (losses.first ?? 0))
  }

  private func trainer(sampling: Sampling, batchSize: Int, epochs: Int) throws -> Trainer<Float> {
    try Trainer(
      network: patternNetwork(), training: patternDataset(count: 500, seed: 2),
      configuration: TrainingConfiguration(
        learningRate: 0.1, batchSize: batchSize, duration: .epochs(epochs), sampling: sampling, seed: 1))
  }
}
