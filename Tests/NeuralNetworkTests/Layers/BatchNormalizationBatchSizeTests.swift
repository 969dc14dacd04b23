import Testing

@testable import NeuralNetwork

/// One sample alone has no variance: batch normalisation would make zeros of it, and nothing would be learned.
struct BatchNormalizationBatchSizeTests {
  /// Three features, all of which matter.
  private func trainer(
    samples: Int, batchSize: Int, inputShape: [Int] = [3], layers: [LayerSpecification] = [.batchNormalization()],
    sampling: Sampling = .withoutReplacement, threads: Int = 1
  ) throws -> Trainer<Double> {
    let width = inputShape.reduce(1, *)
    let network = try randomNetwork(inputShape: inputShape, layers + [.affine(outputs: 2), .softmax])
    return try Trainer(
      network: network,
      training: Dataset(
        inputs: DatasetInputs(randomMatrix(rows: samples, columns: width, seed: 3)),
        targets: .labels(randomLabels(samples, classes: 2, seed: 4), classes: 2)),
      configuration: TrainingConfiguration(
        batchSize: batchSize, duration: .epochs(2), sampling: sampling, seed: 5, threads: threads))
  }

  @Test(arguments: Sampling.allCases) func aBatchSizeOfOneIsRefused(sampling: Sampling) throws {
    let error = networkError { _ = try trainer(samples: 10, batchSize: 1, sampling: sampling) }
    #expect(error?.code == .batchTooSmall)
    #expect(error?.place == "batch size")
    #expect(error?.expected.contains("at least 2") == true && error?.expected.contains("batchnorm1") == true)
    #expect(error?.found == "1")
  }

  @Test func oneSampleInAllIsRefused() throws {
    for sampling in [Sampling.withoutReplacement, .withReplacement] {
      let error = networkError { _ = try trainer(samples: 1, batchSize: 100, sampling: sampling) }
      #expect(error?.code == .countMismatch)
      #expect(error?.place == "training data")
      #expect(error?.expected.contains("at least 2 samples") == true)
      #expect(error?.found == "1")
    }
  }

  @Test func aChangeToOneIsRefusedAndChangesNothing() throws {
    let trainer = try trainer(samples: 10, batchSize: 5)
    #expect(networkError { try trainer.changeBatchSize(to: 1) }?.code == .batchTooSmall)
    var iterations: [Int] = []
    #expect(try trainer.run(epochEnded: { iterations.append($0.iterations) }) == .finished)
    #expect(iterations == [2, 4])
  }

  /// Where a channel has several positions, or nothing is normalised, one sample is enough.
  @Test func oneSampleIsEnoughForImagesAndWithoutBatchNormalisation() throws {
    for (shape, layers) in [
      ([2, 2, 3], [LayerSpecification.batchNormalization()]), ([3], [.tanh]),
      ([4, 4], [.convolution(filters: 2, kernelSize: 3), .batchNormalization()]),
    ] {
      let trainer = try trainer(samples: 3, batchSize: 1, inputShape: shape, layers: layers)
      #expect(try trainer.run() == .finished)
    }
    // A convolution that leaves one position leaves one value of each channel.
    let error = networkError {
      _ = try trainer(
        samples: 3, batchSize: 1, inputShape: [4, 4],
        layers: [.convolution(filters: 2, kernelSize: 4), .batchNormalization()])
    }
    #expect(error?.code == .batchTooSmall)
  }

  /// 11 samples in batches of 5 would leave one; it goes with the five before it.
  @Test(arguments: [1, 2, 3], [Sampling.withoutReplacement, .stratified, .sequential, .shuffledOnce])
  func aSingleLastSampleJoinsTheMiniBatchBeforeIt(threads: Int, sampling: Sampling) throws {
    let trainer = try trainer(samples: 11, batchSize: 5, sampling: sampling, threads: threads)
    var (done, records): ([Int], [EpochRecord]) = ([], [])
    _ = try trainer.run(progress: { done.append($0.samplesOfEpoch) }, epochEnded: { records.append($0) })
    #expect(done == [5, 11, 5, 11])
    #expect(records.map(\.samples) == [11, 11] && records.map(\.iterations) == [2, 4])
  }

  @Test func onlyASingleSampleMoves() throws {
    for (samples, batchSize, expected) in [
      (12, 5, [5, 10, 12]), (10, 5, [5, 10]), (3, 2, [3]), (5, 2, [2, 5]), (4, 9, [4]),
    ] {
      var done: [Int] = []
      _ = try trainer(samples: samples, batchSize: batchSize).run(progress: { done.append($0.samplesOfEpoch) })
      #expect(done == expected + expected, "\(samples) in batches of \(batchSize)")
    }
    // Without batch normalisation the last one stays alone, and with replacement there is no last one.
    var done: [Int] = []
    _ = try trainer(samples: 11, batchSize: 5, layers: [.tanh]).run(progress: { done.append($0.samplesOfEpoch) })
    #expect(done == [5, 10, 11, 5, 10, 11])
    done = []
    _ = try trainer(samples: 11, batchSize: 5, sampling: .withReplacement).run(
      progress: { done.append($0.samplesOfEpoch) })
    #expect(done == [5, 10, 15, 5, 10, 15])
  }

  /// The joined mini-batch has the gradients of all its six samples.
  @Test func theJoinedMiniBatchIsThatOfABatchSizeOfSix() throws {
    let five = try trainer(samples: 6, batchSize: 5, sampling: .sequential)
    let six = try trainer(samples: 6, batchSize: 6, sampling: .sequential)
    #expect(try five.run() == .finished && six.run() == .finished)
    #expect(five.network.parameters == six.network.parameters)
    #expect(five.network.runningStatistics == six.network.runningStatistics)
  }

  @Test func aChangeToASizeThatLeavesOneIsAllowedFor() throws {
    let trainer = try trainer(samples: 11, batchSize: 4)
    var done: [Int] = []
    var failure: (any Error)?
    _ = try trainer.run(
      progress: { done.append($0.samplesOfEpoch) },
      epochEnded: { _ in do { try trainer.changeBatchSize(to: 10) } catch { failure = error } })
    #expect(failure == nil)
    #expect(done == [4, 8, 11, 11])
  }
}
