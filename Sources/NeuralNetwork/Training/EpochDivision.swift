/// How an epoch is divided into mini-batches.
///
/// Each mini-batch has `batchSize` samples, and the last one those that are left. If a layer cannot be trained with so
/// few, as batch normalisation with one, they join the mini-batch before: 101 samples in batches of 50 make one of 50
/// and one of 51. Each sample still comes once in each epoch, as with other networks; to leave out what is left would
/// in a fixed order mean never to learn from it.
package struct EpochDivision: Sendable, Equatable {
  /// The samples of each mini-batch but the last.
  package let batchSize: Int
  /// The mini-batches of an epoch.
  package let iterations: Int
  /// The samples of the largest mini-batch.
  package let largestBatch: Int

  /// - Parameters:
  ///   - samples: The samples of an epoch, at least 1.
  ///   - batchSize: The size that was asked for, at least 1.
  ///   - sampling: With replacement all mini-batches are full; otherwise none has more samples than there are.
  ///   - leastBatchSize: The fewest samples that all layers can be trained with.
  package init(samples: Int, batchSize: Int, sampling: Sampling, leastBatchSize: Int) {
    let drawsAnew = sampling == .withReplacement
    self.batchSize = drawsAnew ? batchSize : min(batchSize, samples)
    let (whole, rest) = samples.quotientAndRemainder(dividingBy: self.batchSize)
    let joins = !drawsAnew && rest < leastBatchSize && whole > 0
    iterations = rest == 0 || joins ? whole : whole + 1
    largestBatch = joins ? self.batchSize + rest : self.batchSize
  }
}
