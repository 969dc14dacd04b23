import Threads

/// The gradients of all workers, which are summed block by block as they are used.
///
/// Each worker sums in a buffer of its own: to write the sums into the gradients of another worker would take the cache
/// lines away from it.
@safe
final class GradientBlocks<Scalar: NetworkScalar>: @unchecked Sendable {
  /// The parameters whose gradients are divided among the workers; those of the input stage lie before them.
  private let summed: Range<Int>
  private let input: any InputStage<Scalar>
  /// Whether blocks of zeros are left out.
  private let skipsZeros: Bool
  private let zeros = AlignedBuffer<Scalar>(count: TrainingWorker<Scalar>.blockCount)
  /// Where the gradients of each worker are, and where its block is. Plain addresses: to count references to shared
  /// objects once for each block would make the threads fight for the counters.
  private let places: UnsafeMutablePointer<Place>
  private let workerCount: Int

  @safe
  private struct Place {
    let gradients: UnsafePointer<Scalar>
    let block: UnsafeMutablePointer<Scalar>
  }

  /// - Parameter count: The number of parameters.
  init(workers: [TrainingWorker<Scalar>], input: any InputStage<Scalar>, count: Int, skipsZeros: Bool) {
    self.input = input
    self.skipsZeros = skipsZeros
    summed = input.parameterCount..<count
    workerCount = workers.count
    unsafe places = .allocate(capacity: workers.count)
    for (index, worker) in workers.enumerated() {
      unsafe (places + index).initialize(
        to: Place(gradients: UnsafePointer(worker.gradients.pointer), block: worker.block.pointer))
    }
  }

  deinit {
    unsafe places.deallocate()
  }

  /// Calls `body` with each block of a worker's share of the parameters: their range, the sum of their gradients, and
  /// room for as many numbers, which may be where the sum is.
  ///
  /// - Parameter active: The workers that have gradients.
  func forEachBlock(
    of index: Int, active: Int,
    _ body: (Range<Int>, UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>) -> Void
  ) {
    let blockCount = TrainingWorker<Scalar>.blockCount
    let kernels = Scalar.kernels.loops
    let block = unsafe places[index].block
    let (zeros, skipsZeros) = unsafe (UnsafePointer(zeros.pointer), skipsZeros)
    unsafe input.forEachStretch(of: index) { stretch, gradients in
      if unsafe gradients == nil, skipsZeros { return }
      for start in stride(from: stretch.lowerBound, to: stretch.upperBound, by: blockCount) {
        let range = start..<min(start + blockCount, stretch.upperBound)
        unsafe body(range, gradients.map { unsafe $0 + (start - stretch.lowerBound) } ?? zeros, unsafe block)
      }
    }
    let own = Shares.aligned(index, of: summed.count, parts: workerCount, alignment: 16)
    let share = summed.lowerBound + own.lowerBound..<summed.lowerBound + own.upperBound
    for start in stride(from: share.lowerBound, to: share.upperBound, by: blockCount) {
      let range = start..<min(start + blockCount, share.upperBound)
      // Of one worker the sum is its gradients themselves.
      var sum = unsafe places[0].gradients + start
      for other in 1..<active {
        unsafe kernels.add(sum, places[other].gradients + start, count: range.count, output: block)
        unsafe sum = unsafe UnsafePointer(block)
      }
      unsafe body(range, sum, block)
    }
  }
}
