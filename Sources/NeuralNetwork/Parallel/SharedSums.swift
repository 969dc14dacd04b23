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
    sums?.sum(values, count: count, worker: worker)
  }
}

/// Memory in which the workers of a pool add up numbers that each of them has a part of.
///
/// There are two sets of slots that take turns, so that one barrier is enough: who writes into a set again
/// has passed the barrier of the other set, and so has everyone who read from the first.
final class SharedSums<Scalar: NetworkScalar>: @unchecked Sendable {
  private let workers: Int
  private let slots: AlignedBuffer<Scalar>
  /// A slot is a whole number of cache lines.
  private let slotCount: Int
  private let barrier: Barrier
  /// How often each worker has summed, a cache line apart; worker w touches element `w * stride` alone.
  private let turns: UnsafeMutablePointer<Int>

  private static var stride: Int { 8 }

  /// - Parameter count: the most numbers that are summed at one go.
  init(workers: Int, count: Int) {
    self.workers = workers
    slotCount = (count + 15) / 16 * 16
    slots = AlignedBuffer(count: 2 * workers * slotCount)
    barrier = Barrier(parties: workers)
    turns = .allocate(capacity: workers * Self.stride)
    turns.initialize(repeating: 0, count: workers * Self.stride)
  }

  deinit {
    turns.deallocate()
  }

  func sum(_ values: UnsafeMutablePointer<Scalar>, count: Int, worker: Int) {
    guard workers > 1 else { return }
    let turn = turns + worker * Self.stride
    let set = slots.pointer + turn.pointee % 2 * workers * slotCount
    turn.pointee &+= 1
    (set + worker * slotCount).update(from: values, count: count)
    barrier.wait()
    values.update(from: set, count: count)
    let kernels = Scalar.kernels.loops
    for other in 1..<workers {
      kernels.add(values, set + other * slotCount, count: count, output: values)
    }
  }
}
