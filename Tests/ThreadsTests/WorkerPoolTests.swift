import Synchronization
import Testing
import Threads

struct WorkerPoolTests {
  @Test(arguments: [1, 2, 3, 8]) func eachWorkerRunsEachJobOnce(count: Int) throws {
    let pool = try WorkerPool(count: count)
    let runs = (0..<count).map { _ in Counter() }
    for _ in 0..<200 { pool.run { runs[$0].value.wrappingAdd(1, ordering: .relaxed) } }
    #expect(runs.allSatisfy { $0.value.load(ordering: .relaxed) == 200 })
  }

  /// Plain memory, written on one side of a barrier and read on the other: the Thread Sanitizer looks on.
  @Test func aBarrierMakesTheWritesOfEachWorkerVisibleToAll() throws {
    let count = 4
    let pool = try WorkerPool(count: count)
    let written = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
    let sums = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
    written.initialize(repeating: 0)
    sums.initialize(repeating: 0)
    defer {
      written.deallocate()
      sums.deallocate()
    }
    for round in 1...300 {
      pool.run { worker in
        written[worker] = Double(round * (worker + 1))
        pool.synchronize()
        sums[worker] = (0..<count).reduce(0) { $0 + written[$1] }
      }
      #expect(sums.allSatisfy { $0 == Double(round * 10) })
    }
  }

  /// Long enough that waiting threads leave the spinning phase and sleep.
  @Test func sleepingWorkersWakeUp() throws {
    let pool = try WorkerPool(count: 3)
    let total = Counter()
    for _ in 0..<5 {
      pool.run { worker in
        if worker == 1 {
          let start = ContinuousClock.now
          while ContinuousClock.now - start < .milliseconds(30) {}
        }
        pool.synchronize()
        total.value.wrappingAdd(1, ordering: .relaxed)
      }
    }
    #expect(total.value.load(ordering: .relaxed) == 15)
  }

  @Test func aPoolThatNeverRanEnds() throws {
    for _ in 0..<50 { _ = try WorkerPool(count: 4) }
  }

  @Test(arguments: [-1, 0, WorkerPool.maximum + 1]) func aCountOutsideTheRangeIsRefused(count: Int) {
    #expect(throws: WorkerPoolError.countOutOfRange(count)) { try WorkerPool(count: count) }
  }

  private final class Counter: Sendable {
    let value = Atomic<Int>(0)
  }
}
