import Synchronization
import TestSupport
import Testing

@testable import Threads

struct ItemGroupsTests {
  private struct Refusal: Error, Equatable { let number: Int }

  @Test func `Small items are together, large ones alone, and none is lost`() {
    let sizes = [1 << 18, 1, 1, 1 << 20, 1 << 17, 1 << 17, 5]
    #expect(ItemGroups(count: sizes.count) { sizes[$0] }.ranges == [0..<1, 1..<4, 4..<6, 6..<7])
    #expect(ItemGroups(count: 0) { _ in 1 }.ranges.isEmpty)
    #expect(ItemGroups(count: 3) { _ in 0 }.ranges == [0..<3])
  }

  @Test(arguments: 1...4) func `Items are consumed in their order, and up to the first failure`(threads: Int) {
    let groups = ItemGroups(count: 100) { $0 % 7 == 0 ? 1 << 18 : 1 }
    var consumed: [Int] = []
    OrderedPipeline.run(groups: groups, threads: threads) {
      $0
    } consume: { number, item in
      #expect(number == item)
      consumed.append(item)
    }
    #expect(consumed == Array(0..<100))
    consumed = []
    #expect(throws: Refusal(number: 40)) {
      try OrderedPipeline.run(groups: groups, threads: threads) { (number) throws(Refusal) in
        if number == 40 || number == 60 { throw Refusal(number: number) }
        return number
      } consume: { (_, item: Int) throws(Refusal) in
        consumed.append(item)
      }
    }
    #expect(consumed == Array(0..<40))
  }
}
