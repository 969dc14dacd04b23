import Testing
import Threads

struct SharesTests {
  @Test func sharesAreContiguousCompleteAndEven() {
    for (count, parts) in [(10, 3), (2, 5), (0, 2), (100, 7)] {
      let shares = (0..<parts).map { Shares.even($0, of: count, parts: parts) }
      #expect(shares.flatMap { Array($0) } == Array(0..<count))
      let sizes = shares.map(\.count)
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    }
  }

  @Test func alignedSharesBeginAtMultiples() {
    let shares = (0..<3).map { Shares.aligned($0, of: 100, parts: 3, alignment: 16) }
    #expect(shares == [0..<48, 48..<80, 80..<100])
  }
}
