import Testing

@testable import ModelFormat

/// Places and ends of columns of the history.
struct EpochTests {
  @Test func `The least and the greatest are the first of equals, and NaN is neither`() {
    let values = [.nan, 2, 1, 5, 1, 5]
    #expect(values.placeOfLeast() == 2 && values.placeOfGreatest() == 3)
    #expect([Double]().placeOfLeast() == nil && [Double.nan].placeOfGreatest() == nil)
    #expect([0.0, -0.0].placeOfLeast() == 0 && [-0.0, 0].placeOfGreatest() == 0)
    #expect([3, -Double.infinity, 2].placeOfLeast() == 1)
    #expect([3, -Double.infinity, 2].placeOfLeast(finite: true) == 2)
    #expect([-Double.infinity].placeOfLeast(finite: true) == nil)
  }

  @Test func `The extent is that of the finite values`() {
    #expect([.infinity, 2, -1, .nan].finiteExtent == -1...2)
    #expect([Double.infinity, .nan].finiteExtent == nil && [Double]().finiteExtent == nil)
    #expect([4.0].finiteExtent == 4...4)
  }

  @Test func `Columns differ by bits, but NaN equals NaN`() {
    #expect([1, .nan].firstDifference(from: [1, -.nan]) == nil)
    #expect([1, 0.0].firstDifference(from: [1, -0.0]) == 1)
    #expect([1, 2].firstDifference(from: [1, 2, 3]) == nil && [2].firstDifference(from: [3, 2]) == 0)
  }
}
