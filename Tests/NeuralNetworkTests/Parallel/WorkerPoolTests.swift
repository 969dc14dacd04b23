import Synchronization
import Testing

@testable import NeuralNetwork

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
    let written = AlignedBuffer<Double>(count: count)
    let sums = AlignedBuffer<Double>(count: count)
    for round in 1...300 {
      pool.run { worker in
        written.pointer[worker] = Double(round * (worker + 1))
        pool.synchronize()
        sums.pointer[worker] = (0..<count).reduce(0) { $0 + written.pointer[$1] }
      }
      #expect(sums.elements == Array(repeating: Double(round * 10), count: count))
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
    #expect(networkError { _ = try WorkerPool(count: 0) }?.code == .valueOutOfRange)
    #expect(networkError { _ = try WorkerPool(count: 257) }?.expected == "1...256")
  }

  @Test func sharesAreContiguousCompleteAndEven() {
    for (count, parts) in [(10, 3), (2, 5), (0, 2), (100, 7)] {
      let shares = (0..<parts).map { share($0, of: count, parts: parts) }
      #expect(shares.flatMap { Array($0) } == Array(0..<count))
      let sizes = shares.map(\.count)
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    }
    let aligned = (0..<3).map { alignedShare($0, of: 100, parts: 3, alignment: 16) }
    #expect(aligned == [0..<48, 48..<80, 80..<100])
  }

  private final class Counter: Sendable {
    let value = Atomic<Int>(0)
  }
}
