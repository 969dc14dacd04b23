/// What a run of `nnkit-bench train` has found. Seconds are those of the mini-batches alone, without evaluation.
struct TrainReport: Report {
  let tool = "nnkit"
  /// All layers, in words.
  let network: String
  let optimizer: String
  let learningRate: Double
  let batchSize: Int
  let epochs: Int
  let seed: UInt64
  let threads: Int
  let samples: Int
  let secondsPerEpoch: [Double]
  /// The mean loss over the last epoch.
  let loss: Double
  /// The share of right answers on the test data when training has ended; nil without such data.
  let testAccuracy: Double?
  /// The operations of an epoch's matrix products in 10⁹. See `ProductOperations`.
  let productOperations: Double
  /// What the machine's matrix products reach, in 10⁹ operations per second.
  let peak: Double

  /// The seconds of the fastest epoch.
  var best: Double { secondsPerEpoch.min() ?? .infinity }
  /// How near the fastest epoch comes to one that is nothing but matrix products at their best.
  var fractionOfPeak: Double { productOperations / best / peak }

  private enum CodingKeys: String, CodingKey {
    case tool, network, optimizer, epochs, seed, threads, samples, best, loss
    case learningRate = "learning_rate"
    case batchSize = "batch_size"
    case secondsPerEpoch = "seconds_per_epoch"
    case testAccuracy = "test_accuracy"
    case productOperations = "products_GFLOP"
    case peak = "peak_GFLOP_per_s"
    case fractionOfPeak = "fraction_of_peak"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(tool, forKey: .tool)
    try container.encode(network, forKey: .network)
    try container.encode(optimizer, forKey: .optimizer)
    try container.encode(learningRate, forKey: .learningRate)
    try container.encode(batchSize, forKey: .batchSize)
    try container.encode(epochs, forKey: .epochs)
    try container.encode(seed, forKey: .seed)
    try container.encode(threads, forKey: .threads)
    try container.encode(samples, forKey: .samples)
    try container.encode(secondsPerEpoch, forKey: .secondsPerEpoch)
    try container.encode(best, forKey: .best)
    try container.encode(loss, forKey: .loss)
    try container.encodeIfPresent(testAccuracy, forKey: .testAccuracy)
    try container.encode(productOperations, forKey: .productOperations)
    try container.encode(peak, forKey: .peak)
    try container.encode(fractionOfPeak, forKey: .fractionOfPeak)
  }
}
