import Threads

/// Which inputs of a split layer each worker has.
///
/// It follows from the data, the number of workers and the size of the mini-batches, never from timing.
struct InputDivision {
  /// The inputs of each worker.
  let ranges: [Range<Int>]
  /// Whether it pays to look for columns of zeros in each mini-batch.
  let leavesOutZeros: Bool

  /// The fewest inputs of a worker.
  static var leastInputs: Int { 16 }
  /// The share of columns that matter above which the others are worth less than a copy of the weights.
  private static var worthwhileShare: Double { 0.9 }

  /// - Parameter workers: At most `data.width / leastInputs`.
  init<Scalar: NetworkScalar>(of data: DatasetInputs<Scalar>, workers: Int, batchSize: Int) {
    let activity = data.columnActivity(batchSize: batchSize)
    if let activity, activity.reduce(0, +) <= Self.worthwhileShare * Double(activity.count) {
      ranges = Self.divide(activity, workers: workers)
      leavesOutZeros = true
    } else {
      ranges = (0..<workers).map {
        Shares.aligned($0, of: data.width, parts: workers, alignment: Self.leastInputs)
      }
      leavesOutZeros = false
    }
  }

  /// Cuts the columns so that the workers have about the same sum of activities: the work follows from it.
  private static func divide(_ activity: [Double], workers: Int) -> [Range<Int>] {
    let total = activity.reduce(0, +)
    var (end, sum) = (0, 0.0)
    return (1...workers).map { worker in
      let start = end
      let last = activity.count - (workers - worker) * leastInputs
      while end < last, worker == workers || end < start + leastInputs || sum * Double(workers) < total * Double(worker)
      {
        sum += activity[end]
        end += 1
      }
      return start..<end
    }
  }
}
