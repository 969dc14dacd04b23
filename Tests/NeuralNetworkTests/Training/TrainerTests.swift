import Testing

@testable import NeuralNetwork

struct TrainerTests {
  private func configuration(
    loss: Loss = .crossEntropy, learningRate: Double = 0.1, batchSize: Int = 32,
    duration: TrainingDuration = .epochs(2), sampling: Sampling = .withoutReplacement, seed: UInt64 = 1,
    threads: Int = 1
  ) throws -> TrainingConfiguration {
    try TrainingConfiguration(
      loss: loss, learningRate: learningRate, batchSize: batchSize, duration: duration, sampling: sampling,
      seed: seed, threads: threads)
  }

  @Test(arguments: [1, 2]) func trainingLearnsThePatterns(threads: Int) throws {
    let trainer = try Trainer(
      network: patternNetwork(Float.self), training: patternDataset(count: 500, seed: 1),
      validation: patternDataset(count: 100, seed: 2), test: patternDataset(count: 150, seed: 3),
      configuration: configuration(duration: .epochs(8), threads: threads))
    var records: [EpochRecord] = []
    #expect(try trainer.run(epochEnded: { records.append($0) }) == .finished)
    #expect(records.map(\.epoch) == Array(1...8))
    #expect(records.map(\.iterations) == (1...8).map { $0 * 16 })
    #expect(records.allSatisfy { $0.samples == 500 && $0.seconds > 0 && $0.learningRate == 0.1 })
    let first = try #require(records.first)
    let last = try #require(records.last)
    #expect(last.loss < 0.25 * first.loss)
    #expect((last.accuracy ?? 0) > 0.97)
    #expect((last.validationAccuracy ?? 0) > 0.95)
    // The record's numbers are those of an evaluation from outside.
    let outside = try trainer.network.evaluate(patternDataset(count: 150, seed: 3), loss: .crossEntropy)
    #expect(abs((last.testLoss ?? 0) - outside.loss) < 1e-6)
    #expect(last.testAccuracy == outside.accuracy)
    #expect(abs(last.samplesPerSecond - 500 / last.seconds) < 1e-6 * last.samplesPerSecond)
  }

  @Test func aRegressionLearnsALineWithoutAnAccuracy() throws {
    let x: Matrix<Double> = try randomMatrix(rows: 64, columns: 1, seed: 3)
    let y = try Matrix(x.elements.map { [2 * $0 - 0.5] })
    var generator = RandomGenerator(seed: 1)
    let network = try Network<Double>(
      inputShape: [1], layers: [.affine(outputs: 1), .identity], initializer: .xavier, generator: &generator)
    let trainer = try Trainer(
      network: network, training: Dataset(inputs: DatasetInputs(x), targets: .values(y)),
      configuration: configuration(loss: .squaredError, batchSize: 16, duration: .epochs(100)))
    var records: [EpochRecord] = []
    _ = try trainer.run(epochEnded: { records.append($0) })
    #expect((records.last?.loss ?? 1) < 1e-9)
    #expect(records.allSatisfy { $0.accuracy == nil && $0.testLoss == nil && $0.validationLoss == nil })
    #expect(isClose(trainer.network.parameters, [2, -0.5], within: 1e-4))
  }

  @Test(arguments: [1, 2, 3]) func theSameSeedAndThreadsGiveTheSameBits(threads: Int) throws {
    func train(seed: UInt64) throws -> ([UInt32], [Double]) {
      let trainer = try Trainer(
        network: patternNetwork(Float.self), training: patternDataset(count: 250, seed: 1),
        configuration: configuration(seed: seed, threads: threads))
      var losses: [Double] = []
      _ = try trainer.run(epochEnded: { losses.append($0.loss) })
      return (trainer.network.parameters.map(\.bitPattern), losses)
    }
    let first = try train(seed: 4)
    let again = try train(seed: 4)
    #expect(first == again)
    #expect(try train(seed: 5).0 != first.0)
  }

  @Test func anotherNumberOfThreadsDiffersByRoundingAlone() throws {
    func train(threads: Int) throws -> [Double] {
      let trainer = try Trainer(
        network: patternNetwork(Double.self, activation: .tanh),
        training: patternDataset(count: 250, seed: 1),
        configuration: configuration(threads: threads))
      _ = try trainer.run()
      return trainer.network.parameters
    }
    let one = try train(threads: 1)
    for threads in 2...4 {
      #expect(isClose(try train(threads: threads), one, within: 1e-11))
    }
  }

  @Test func workersWithoutRowsIdle() throws {
    // Batches of 3 rows for 5 workers; the last batch has a single row.
    let trainer = try Trainer(
      network: patternNetwork(Double.self), training: patternDataset(count: 10, seed: 1),
      configuration: configuration(batchSize: 3, threads: 5))
    let single = try Trainer(
      network: patternNetwork(Double.self), training: patternDataset(count: 10, seed: 1),
      configuration: configuration(batchSize: 3))
    #expect(try trainer.run() == .finished)
    #expect(try single.run() == .finished)
    #expect(isClose(trainer.network.parameters, single.network.parameters, within: 1e-12))
  }

  @Test(arguments: [1, 2]) func aLossThatIsNotFiniteStopsAtOnceAndKeepsTheParameters(
    threads: Int
  ) throws {
    let values = try randomMatrix(Float.self, rows: 12, columns: 2, seed: 1)
    var elements = values.elements
    elements[2 * 9] = .nan
    let data = try Dataset(
      inputs: DatasetInputs(Matrix(rows: 12, columns: 2, elements: elements)),
      targets: .labels(randomLabels(12, classes: 2, seed: 1), classes: 2))
    var generator = RandomGenerator(seed: 1)
    let network = try Network<Float>(
      inputShape: [2], layers: [.affine(outputs: 4), .relu, .affine(outputs: 2), .softmax],
      initializer: .he, generator: &generator)
    let trainer = try Trainer(
      network: network, training: data,
      configuration: configuration(batchSize: 4, sampling: .sequential, threads: threads))
    var iterations = 0
    let outcome = try trainer.run(progress: { _ in iterations += 1 })
    guard case .diverged(let epoch, let iteration, let loss) = outcome else {
      Issue.record("training went on: \(outcome)")
      return
    }
    #expect(epoch == 1 && iteration == 3 && loss.isNaN)
    #expect(iterations == 2)
    #expect(trainer.network.parameters.allSatisfy { $0.isFinite })
    #expect(trainer.network.parameters != network.parameters)
  }

  @Test func aLearningRateThatIsTooGreatIsNoticed() throws {
    // Each step multiplies the error of y = wx by about 1 − 50·x², so that it overflows.
    let x = try Matrix<Float>([[1], [-1], [2], [0.5]])
    let network = try Network<Float>(
      inputShape: [1], layers: [.affine(outputs: 1)],
      parameters: ["affine1.weight": [1], "affine1.bias": [0]])
    let trainer = try Trainer(
      network: network, training: Dataset(inputs: DatasetInputs(x), targets: .values(x.scaled(by: 3))),
      configuration: configuration(loss: .squaredError, learningRate: 50, duration: .epochs(1_000)))
    guard case .diverged(_, let iteration, let loss) = try trainer.run() else {
      Issue.record("the loss stayed finite")
      return
    }
    #expect(!loss.isFinite && iteration < 40)
  }

  @Test func aStopEndsAfterTheBatchAndTrainingGoesOnWhereItStopped() throws {
    func makeTrainer() throws -> Trainer<Float> {
      try Trainer(
        network: patternNetwork(Float.self), training: patternDataset(count: 100, seed: 1),
        configuration: configuration(batchSize: 10, duration: .epochs(2), threads: 2))
    }
    let straight = try makeTrainer()
    var expected: [EpochRecord] = []
    _ = try straight.run(epochEnded: { expected.append($0) })

    let stopped = try makeTrainer()
    var iterations = 0
    var records: [EpochRecord] = []
    let outcome = try stopped.run(
      progress: { iterations = $0.iterations }, epochEnded: { records.append($0) },
      shouldStop: { iterations == 14 })
    #expect(outcome == .stopped(afterIterations: 14))
    #expect(records.count == 1)
    #expect(try stopped.run(epochEnded: { records.append($0) }) == .finished)
    #expect(records.map(\.loss) == expected.map(\.loss))
    #expect(records.map(\.iterations) == [10, 20])
    #expect(stopped.network.parameters == straight.network.parameters)
    #expect(try stopped.run() == .finished)
    #expect(stopped.network.parameters == straight.network.parameters)
  }

  @Test func aStopThatComesDuringTheEvaluationsOfAnEpochTrainsNoFurtherBatch() throws {
    let trainer = try Trainer(
      network: patternNetwork(Float.self), training: patternDataset(count: 100, seed: 1),
      configuration: configuration(batchSize: 10, duration: .epochs(3), threads: 1))
    var epochs = 0
    let outcome = try trainer.run(epochEnded: { _ in epochs += 1 }, shouldStop: { epochs == 1 })
    #expect(outcome == .stopped(afterIterations: 10))
    #expect(epochs == 1)
  }

  @Test func weightsThatTheLastUpdateMadeInfiniteAreNotCalledFinished() throws {
    // Both probabilities are 1/2, so that the gradient of a weight is ±100 · 1/2, and its update overflows.
    let network = try Network<Float>(
      inputShape: [1], layers: [.affine(outputs: 2), .softmax],
      parameters: ["affine1.weight": [0, 0], "affine1.bias": [0, 0]])
    let sample = try Dataset<Float>(
      inputs: DatasetInputs(Matrix(rows: 1, columns: 1, elements: [100])), targets: .labels([1], classes: 2))
    let trainer = try Trainer(
      network: network, training: sample,
      configuration: TrainingConfiguration(learningRate: 3e38, batchSize: 1, duration: .iterations(1), seed: 1))
    guard case .diverged(epoch: 1, iteration: 1, let loss) = try trainer.run() else {
      Issue.record("expected the end of training by divergence")
      return
    }
    #expect(loss.isNaN)
  }

  @Test func aLearningRateBeyondTheScalarTypeIsRefused() throws {
    for rate in [1e39, 1e-60] {
      let error = #expect(throws: NetworkError.self) {
        try Trainer(
          network: patternNetwork(Float.self), training: patternDataset(count: 100, seed: 1),
          configuration: TrainingConfiguration(learningRate: rate, seed: 1))
      }
      #expect(error?.code == .valueOutOfRange)
    }
  }

  @Test func iterationsEndTrainingInsideAnEpochWithARecordOfWhatWasDone() throws {
    let trainer = try Trainer(
      network: patternNetwork(Float.self), training: patternDataset(count: 100, seed: 1),
      configuration: configuration(batchSize: 40, duration: .iterations(5)))
    var records: [EpochRecord] = []
    var progress: [TrainingProgress] = []
    #expect(
      try trainer.run(progress: { progress.append($0) }, epochEnded: { records.append($0) }) == .finished)
    #expect(records.map(\.samples) == [100, 80])
    #expect(records.map(\.iterations) == [3, 5])
    #expect(progress.map(\.samplesOfEpoch) == [40, 80, 100, 40, 80])
    #expect(progress.map(\.epoch) == [1, 1, 1, 2, 2])
    #expect(progress.allSatisfy { $0.totalIterations == 5 && $0.iterationsPerEpoch == 3 })
  }

  @Test func theLossOfAnEpochIsTheMeanOverItsSamples() throws {
    // With a learning rate this small nothing changes, so that the mean is that of the whole set.
    let data: Dataset<Double> = try patternDataset(count: 45, seed: 1)
    let network = try patternNetwork(Double.self)
    let trainer = try Trainer(
      network: network, training: data,
      configuration: configuration(learningRate: 1e-300, batchSize: 10, duration: .epochs(1), threads: 2))
    var records: [EpochRecord] = []
    _ = try trainer.run(epochEnded: { records.append($0) })
    let expected = try network.evaluate(data, loss: .crossEntropy)
    #expect(abs((records.first?.loss ?? 0) - expected.loss) < 1e-12)
    #expect(records.first?.accuracy == expected.accuracy)
  }
}

extension Matrix {
  fileprivate func scaled(by factor: Scalar) throws -> Matrix {
    try Matrix(rows: rows, columns: columns, elements: elements.map { $0 * factor })
  }
}
