import Testing

@testable import Pages

struct ChartAxisTests {
  @Test func ticksAreRoundNumbersWithinTheRange() {
    let axis = ChartAxis([0.3, 9.7], parts: 4)
    #expect(axis.range == 0.3...9.7)
    #expect(axis.ticks == [2.5, 5, 7.5] && axis.ticks.map(axis.label) == ["2.5", "5", "7.5"])
    #expect(
      ChartAxis([-0.2, 0.2], parts: 4).ticks.map(ChartAxis([-0.2, 0.2], parts: 4).label) == [
        "−0.2", "−0.1", "0", "0.1", "0.2",
      ])
  }

  @Test func valuesLieInProportion() {
    let axis = ChartAxis([2, 4, .nan, 10, .infinity], parts: 4)
    #expect(axis.part(2) == 0 && axis.part(4) == 0.25 && axis.part(10) == 1)
    #expect(ChartAxis([2, 4], includesZero: true, parts: 4).range == 0...4)
    #expect(ChartAxis([-2, -1], includesZero: true, parts: 4).range == -2...0)
  }

  @Test func noRangeIsTooOdd() {
    let greatest = Double.greatestFiniteMagnitude
    let least = Double.leastNonzeroMagnitude
    for values in [[], [.nan], [3], [0], [-greatest, greatest], [0, least], [greatest], [1, 1.0000000000000002]] {
      let axis = ChartAxis(values, parts: 4)
      #expect(axis.range.lowerBound < axis.range.upperBound, "\(values)")
      for value in values where value.isFinite { #expect((0...1).contains(axis.part(value)), "\(values)") }
      #expect(axis.ticks.count <= 6 && axis.ticks.allSatisfy(axis.range.contains), "\(values)")
    }
  }
}
