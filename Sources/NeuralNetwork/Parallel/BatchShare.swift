/// Which part of a mini-batch a pass works on, and how it reaches the workers that have the other parts.
struct BatchShare<Scalar: NetworkScalar> {
  /// The samples of the whole mini-batch.
  var samples: Int
  /// The place in the mini-batch of the first row of the pass.
  var firstRow = 0
  /// What random choices follow from, together with `iteration` and the place of a row in the mini-batch.
  var seed: UInt64 = 0
  /// The mini-batches before this one.
  var iteration = 0
  /// The worker that runs the pass.
  var worker = 0
  /// Where workers add up their numbers; nil if the pass has all rows of the mini-batch.
  var sums: SharedSums<Scalar>?

  /// Replaces each of the values by its sum over all workers of the mini-batch.
  ///
  /// All workers get the same bits: each adds in the order of the workers, whoever came first. Every worker
  /// has to call this, with the same count; those without rows too.
  func sum(_ values: UnsafeMutablePointer<Scalar>, count: Int) {
    unsafe sums?.sum(values, count: count, worker: worker)
  }
}
