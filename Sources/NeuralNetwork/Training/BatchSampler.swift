/// Chooses the samples of each mini-batch. The choice follows from the seed, not from the threads.
struct BatchSampler: Sendable {
  private let count: Int
  private let batchSize: Int
  private let sampling: Sampling
  private var generator: RandomGenerator
  /// Where the next batch of the epoch starts.
  private var position = 0
  /// The order of the epoch; with replacement, the samples of the current batch.
  private(set) var order: [Int]

  /// `count` and `batchSize` are at least 1.
  init(count: Int, batchSize: Int, sampling: Sampling, generator: RandomGenerator) {
    self.count = count
    self.batchSize = sampling == .withReplacement ? batchSize : min(batchSize, count)
    self.sampling = sampling
    self.generator = generator
    order = sampling == .withReplacement ? Array(repeating: 0, count: batchSize) : Array(0..<count)
  }

  /// The greatest number of samples that a batch has.
  var largestBatch: Int { batchSize }

  /// ⌈count / batch size⌉.
  var iterationsPerEpoch: Int { (count + batchSize - 1) / batchSize }

  /// Starts an epoch: without replacement, with a new order.
  mutating func beginEpoch() {
    position = 0
    if sampling == .withoutReplacement { generator.shuffle(&order) }
  }

  /// Chooses the next batch of the epoch: the samples are `order[range]`.
  mutating func next() -> Range<Int> {
    guard sampling != .withReplacement else {
      for index in order.indices { order[index] = generator.next(below: count) }
      return order.indices
    }
    let start = position
    position = min(start + batchSize, count)
    return start..<position
  }
}
