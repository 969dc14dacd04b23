import NetworkRuns
import NeuralNetwork
import Threads

/// Measures how long an epoch of training takes, and how near that is to what the machine could do.
struct TrainBenchmark {
  /// What the network looks like.
  let design: NetworkDesign
  let optimizer: Optimizer
  let learningRate: Double
  let batchSize: Int
  let epochs: Int
  let seed: UInt64
  /// Nil for as many as `nnkit train` would take.
  let threads: Int?

  /// How often products are run before training, and again after it.
  private static var peakRepeats: Int { 10 }

  /// Trains from a start that follows from the seed, as `nnkit train` does with the same options.
  ///
  /// - Throws: `NetworkError` if data and layers do not fit one another, or for a setting out of range;
  ///   `BenchmarkFailure` if training diverges.
  func report(on data: TrainingData) throws -> TrainReport {
    let layers = try design.layers(inputShape: data.inputShape, task: data.task, loss: .crossEntropy)
    var generator = RandomGenerator(seed: seed)
    let network = try Network<Float>(
      inputShape: data.inputShape, layers: layers, initializer: design.initializer, generator: &generator)
    let threads =
      threads
      ?? ThreadChoice.threads(
        training: network.architecture, batchSize: batchSize, processors: Processors.count)
    let trainer = try Trainer(
      network: network, training: data.training,
      configuration: TrainingConfiguration(
        optimizer: optimizer, learningRate: learningRate, batchSize: batchSize, duration: .epochs(epochs), seed: seed,
        threads: threads))
    // On both sides of training, as whatever else the machine does comes and goes.
    let peakBefore = try MatrixProductSpeed.measure(threads: threads, repeats: Self.peakRepeats)
    var records: [EpochRecord] = []
    let outcome = try trainer.run(epochEnded: { records.append($0) })
    let peakAfter = try MatrixProductSpeed.measure(threads: threads, repeats: Self.peakRepeats)
    guard outcome == .finished, let last = records.last else {
      throw BenchmarkFailure(description: "training diverged; try a smaller --learning-rate than \(learningRate)")
    }
    let trained = trainer.network
    let operations = ProductOperations(of: network.layerDescriptions)
    return TrainReport(
      network: NetworkText.text(of: layers.dropLast()), optimizer: optimizer.name.rawValue, learningRate: learningRate,
      batchSize: batchSize, epochs: epochs, seed: seed, threads: threads, samples: data.training.count,
      secondsPerEpoch: records.map(\.seconds), loss: last.loss,
      testAccuracy: try data.test.flatMap { try trained.evaluate($0, loss: .crossEntropy, threads: threads).accuracy },
      productOperations: Double(operations.total) * Double(data.training.count) / 1e9,
      peak: max(peakBefore, peakAfter) / 1e9)
  }
}
