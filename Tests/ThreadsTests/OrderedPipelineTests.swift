import TestSupport
import Testing
import Threads

/// Work that is shared, and consumed in order.
struct OrderedPipelineTests {
  private struct Failed: Error, Equatable {
    let item: Int
    let whileConsuming: Bool
  }

  /// What happened during a run; safe to use from several threads.
  private final class Record: Sendable {
    private struct Contents {
      var produced: [Int] = []
      var consumed: [Int] = []
      var consuming = 0
      var mostConsuming = 0
    }
    private let contents = Lock(Contents())

    var produced: [Int] { contents.withLock { $0.produced.sorted() } }
    var consumed: [Int] { contents.withLock { $0.consumed } }
    var mostConsuming: Int { contents.withLock { $0.mostConsuming } }

    func produce(_ item: Int) { contents.withLock { $0.produced.append(item) } }
    func beginConsuming(_ item: Int) {
      contents.withLock {
        $0.consumed.append(item)
        $0.consuming += 1
        $0.mostConsuming = max($0.mostConsuming, $0.consuming)
      }
    }
    func endConsuming() { contents.withLock { $0.consuming -= 1 } }
  }

  /// Something to do, of a length that depends on the item.
  private func work(_ item: Int) -> UInt64 {
    var random = SplitMix64(seed: UInt64(item))
    var sum: UInt64 = 0
    for _ in 0..<Int.random(in: 0...3000, using: &random) { sum &+= random.next() }
    return sum
  }

  /// Runs with failures at given items, and returns the one that came out.
  private func run(
    _ record: Record, count: Int, threads: Int, failing: Set<Int> = [], failingToConsume: Set<Int> = []
  ) -> Failed? {
    do throws(Failed) {
      try OrderedPipeline.run(count: count, threads: threads) { (item) throws(Failed) in
        record.produce(item)
        let result = work(item)
        if failing.contains(item) { throw Failed(item: item, whileConsuming: false) }
        return (item, result)
      } consume: { (item, result: (Int, UInt64)) throws(Failed) in
        record.beginConsuming(item)
        defer { record.endConsuming() }
        #expect(result.0 == item && result.1 == work(item))
        if failingToConsume.contains(item) { throw Failed(item: item, whileConsuming: true) }
      }
      return nil
    } catch { return error }
  }

  static let threadCounts = [-1, 0, 1, 2, 3, 4, 16, 1000]

  /// Every item is produced once, and consumed once in order, by one thread at a time.
  @Test(arguments: threadCounts)
  func everyItemIsProducedOnce(threads: Int) {
    let record = Record()
    #expect(run(record, count: 300, threads: threads) == nil)
    #expect(record.produced == Array(0..<300))
    #expect(record.consumed == Array(0..<300))
    #expect(record.mostConsuming == 1)
  }

  @Test(arguments: threadCounts)
  func noItemAndFewItemsAreFine(threads: Int) {
    for count in [0, 1, 2] {
      let record = Record()
      #expect(run(record, count: count, threads: threads) == nil)
      #expect(record.produced == Array(0..<count))
      #expect(record.consumed == Array(0..<count))
    }
    #expect(run(Record(), count: 0, threads: threads, failing: [0]) == nil)
    #expect(run(Record(), count: 1, threads: threads, failing: [0]) == Failed(item: 0, whileConsuming: false))
    #expect(run(Record(), count: 1, threads: threads, failingToConsume: [0]) == Failed(item: 0, whileConsuming: true))
  }

  /// The first failure in the order of the items wins, and nothing after it is consumed.
  @Test(arguments: threadCounts)
  func theFirstFailureInTheOrderOfTheItemsWins(threads: Int) {
    var random = SplitMix64(seed: 1)
    for _ in 0..<50 {
      let count = Int.random(in: 2...40, using: &random)
      let failing = OrderedPipelineTests.items(below: count, &random)
      let consuming = OrderedPipelineTests.items(below: count, &random)
      let record = Record()
      let failed = run(record, count: count, threads: threads, failing: failing, failingToConsume: consuming)
      guard let first = failing.union(consuming).min() else {
        #expect(failed == nil)
        continue
      }
      #expect(failed == Failed(item: first, whileConsuming: !failing.contains(first)))
      // An item that was produced but fails while it is consumed has begun to be.
      #expect(record.consumed == Array(0..<(failing.contains(first) ? first : first + 1)))
      #expect(record.mostConsuming <= 1)
      #expect(Set(record.produced).isSuperset(of: 0...first))
      // No more items are on the way than there are threads.
      #expect(record.produced.count <= first + max(1, threads))
    }
  }

  /// None to three items.
  private static func items(below count: Int, _ random: inout SplitMix64) -> Set<Int> {
    Set((0..<Int.random(in: 0...3, using: &random)).map { _ in Int.random(in: 0..<count, using: &random) })
  }

  @Test func allItemsFailAtOnce() {
    for _ in 0..<100 {
      let failed = run(Record(), count: 50, threads: 8, failing: Set(0..<50))
      #expect(failed == Failed(item: 0, whileConsuming: false))
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func onePipelineInsideAnotherOnAllThreadsDoesNotLockUp() {
    let record = Record()
    try? OrderedPipeline.run(count: 12, threads: 4) { (item) throws(Failed) in
      let inner = Record()
      let failed = run(inner, count: 20, threads: 4, failing: item == 11 ? [3] : [])
      #expect(failed?.item == (item == 11 ? 3 : nil))
      return inner.consumed.count
    } consume: { (item, count) throws(Failed) in
      record.beginConsuming(count)
      record.endConsuming()
    }
    #expect(record.consumed == [Int](repeating: 20, count: 11) + [3])
  }
}
