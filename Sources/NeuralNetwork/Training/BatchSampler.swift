/// Chooses the samples of each mini-batch. The choice follows from the seed, not from the threads.
struct BatchSampler: Sendable {
  /// The samples to choose from.
  let count: Int
  private var requestedSize: Int
  private let sampling: Sampling
  private let leastBatchSize: Int
  private var generator: RandomGenerator
  /// Where the next batch of the epoch starts.
  private var position = 0
  /// The order of the epoch; with replacement, the samples of the current batch.
  private(set) var order: [Int]
  private var strata: Strata?

  /// - Parameters:
  ///   - order: The samples to learn from, in this order unless `sampling` changes it; at least one.
  ///   - batchSize: At least 1.
  ///   - leastBatchSize: The fewest samples that a mini-batch may have; at most `batchSize` and the number of samples.
  ///   - labels: The class of each sample, for stratified sampling.
  init(
    order: [Int], batchSize: Int, sampling: Sampling, leastBatchSize: Int = 1, labels: [Int] = [],
    generator: RandomGenerator
  ) {
    count = order.count
    requestedSize = batchSize
    self.sampling = sampling
    self.leastBatchSize = leastBatchSize
    self.generator = generator
    self.order = sampling == .withReplacement ? Array(repeating: 0, count: batchSize) : order
    if sampling == .shuffledOnce { self.generator.shuffle(&self.order) }
    if sampling == .stratified { strata = Strata(labels: labels) }
  }

  /// How the samples of each epoch are divided.
  var division: EpochDivision {
    EpochDivision(samples: count, batchSize: requestedSize, sampling: sampling, leastBatchSize: leastBatchSize)
  }

  /// The number of samples that each batch has, except the last of an epoch.
  var batchSize: Int { division.batchSize }

  /// The mini-batches of an epoch.
  var iterationsPerEpoch: Int { division.iterations }

  /// Changes the size of the batches. To be called between two epochs.
  mutating func resize(to size: Int) {
    requestedSize = size
    if sampling == .withReplacement { order = Array(repeating: 0, count: size) }
  }

  /// Starts an epoch: with a new order, if the kind of sampling asks for one.
  mutating func beginEpoch() {
    position = 0
    switch sampling {
    case .withoutReplacement: generator.shuffle(&order)
    case .stratified: strata?.arrange(&order, &generator)
    case .withReplacement, .shuffledOnce, .sequential: break
    }
  }

  /// Chooses the next batch of the epoch: the samples are `order[range]`.
  mutating func next() -> Range<Int> {
    guard sampling != .withReplacement else {
      for index in order.indices { order[index] = generator.next(below: count) }
      return order.indices
    }
    let start = position
    position = min(start + batchSize, count)
    if count - position < leastBatchSize { position = count }
    return start..<position
  }
}

extension BatchSampler {
  /// The sampler of a training run, after a check that it fits the data and the layers.
  init<Scalar>(
    _ data: Dataset<Scalar>, order: [Int]?, _ configuration: TrainingConfiguration, _ architecture: Architecture<Scalar>
  ) throws(NetworkError) {
    if let order {
      guard configuration.sampling == .sequential else {
        throw NetworkError(
          .valueOutOfRange, at: "order", expected: "sequential sampling, which keeps a chosen order",
          found: configuration.sampling.rawValue)
      }
      guard !order.isEmpty else {
        throw NetworkError(.countMismatch, at: "order", expected: "at least one sample", found: "none")
      }
      for (position, index) in order.enumerated() where index < 0 || index >= data.count {
        throw NetworkError(
          .indexOutOfRange, at: "index \(position) of the order", expected: "a sample in 0..<\(data.count)",
          found: "\(index)")
      }
    }
    var labels: [Int] = []
    if case .labels(let known, _) = data.targets { labels = known }
    guard configuration.sampling != .stratified || labels.count == data.count else {
      throw NetworkError(
        .valueOutOfRange, at: "sampling", expected: "targets that are labels, for stratified mini-batches",
        found: "rows of numbers")
    }
    let order = order ?? Array(0..<data.count)
    try architecture.check(batchSize: configuration.batchSize, samples: order.count)
    // Initial weights may have been drawn from the same seed: jump to a stream of our own.
    var generator = RandomGenerator(seed: configuration.seed)
    generator.jump()
    self.init(
      order: order, batchSize: configuration.batchSize, sampling: configuration.sampling,
      leastBatchSize: architecture.leastBatchSize, labels: labels, generator: generator)
  }
}
