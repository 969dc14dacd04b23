import Threads

/// Memory in which the workers of a pool add up numbers that each of them has a part of.
///
/// There are two sets of slots that take turns, so that one barrier is enough: who writes into a set again
/// has passed the barrier of the other set, and so has everyone who read from the first.
@safe
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
    unsafe turns = .allocate(capacity: workers * Self.stride)
    unsafe turns.initialize(repeating: 0, count: workers * Self.stride)
  }

  deinit {
    unsafe turns.deallocate()
  }

  func sum(_ values: UnsafeMutablePointer<Scalar>, count: Int, worker: Int) {
    guard workers > 1 else { return }
    let turn = unsafe turns + worker * Self.stride
    let set = unsafe slots.pointer + turn.pointee % 2 * workers * slotCount
    unsafe turn.pointee &+= 1
    unsafe (set + worker * slotCount).update(from: values, count: count)
    barrier.wait()
    unsafe values.update(from: set, count: count)
    let kernels = Scalar.kernels.loops
    for other in 1..<workers {
      unsafe kernels.add(values, set + other * slotCount, count: count, output: values)
    }
  }
}
