import TestSupport
import Testing

@testable import NetworkInspection

struct LinearAssignmentTests {
  @Test func `Costs are as low as those of SciPy, with ties and without`() throws {
    for (index, count) in [1, 2, 3, 7, 20, 60].enumerated() {
      let oracle = try #require(InspectionOracle.load().assignments[String(count)])
      let salt = index + 1
      let tied: [Double] = Oracle.numbers(count * count, salt: salt, scale: 8)
      let distinct = (0..<count * count).map { Double(($0 * $0 * 7919 + $0 * 104729 + salt) % 1_000_003) }
      for (costs, least) in [(tied, oracle.tied), (distinct, oracle.distinct)] {
        let columns = try #require(LinearAssignment.columns(costs, count: count))
        #expect(columns.sorted() == Array(0..<count))
        #expect(columns.enumerated().reduce(0) { $0 + costs[$1.offset * count + $1.element] } == least)
      }
    }
  }

  @Test func `A matrix of three by three can be checked by hand`() {
    // 1 + 2 + 2 is less than any other choice; the least of each row would take the second column twice.
    #expect(LinearAssignment.columns([4, 1, 3, 2, 0, 5, 3, 2, 2], count: 3) == [1, 0, 2])
  }

  @Test func `What is no matrix of numbers has no assignment`() {
    #expect(LinearAssignment.columns([], count: 0) == [])
    #expect(LinearAssignment.columns([1, 2, 3], count: 2) == nil)
    #expect(LinearAssignment.columns([1, .nan, 3, 4], count: 2) == nil)
    #expect(LinearAssignment.columns([1, .infinity, 3, 4], count: 2) == nil)
    #expect(LinearAssignment.columns([1, 1.1e300, 3, 4], count: 2) == nil)
    #expect(LinearAssignment.columns([1], count: -1) == nil)
    #expect(LinearAssignment.columns([], count: .max) == nil)
  }

  @Test func `Large costs and equal ones are assigned too`() {
    #expect(LinearAssignment.columns(Array(repeating: 1e300, count: 25), count: 5)?.sorted() == [0, 1, 2, 3, 4])
    #expect(LinearAssignment.columns([1e300, 0, 0, 1e300], count: 2) == [1, 0])
  }
}
