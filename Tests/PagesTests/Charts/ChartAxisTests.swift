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

  @Test func `A logarithmic axis has powers of ten, and more where there are few of them`() {
    let wide = ChartAxis(logarithmic: [1e-3, 0, -5, .nan, 1e5], parts: 4)
    #expect(wide.range == 1e-3...1e5 && wide.ticks == [1e-3, 1e-1, 10, 1e3, 1e5])
    #expect(wide.ticks.map(wide.label) == ["0.001", "0.1", "10", "1,000", "100,000"])
    #expect(wide.part(1e-3) == 0 && (wide.part(10) - 0.5).magnitude < 1e-12 && wide.part(1e5) == 1)
    #expect(wide.part(0) == 0 && !wide.holds(0) && !wide.holds(-1) && wide.holds(1e-9))
    #expect(ChartAxis(logarithmic: [0.5, 40], leastTick: 1, parts: 4).ticks == [1, 2, 5, 10, 20])
    let narrow = ChartAxis(logarithmic: [1.1, 1.9], parts: 4)
    #expect(narrow.ticks.map(narrow.label) == ["1.2", "1.4", "1.6", "1.8"])
  }

  @Test func `No logarithmic range is too odd`() {
    let (greatest, least) = (Double.greatestFiniteMagnitude, Double.leastNonzeroMagnitude)
    let odd: [[Double]] = [
      [], [0], [-1], [.nan], [3], [least], [greatest], [least, greatest], [.leastNormalMagnitude, greatest],
      [1, 1.0000000000000002],
    ]
    for values in odd {
      let axis = ChartAxis(logarithmic: values, parts: 4)
      #expect(axis.range.lowerBound < axis.range.upperBound && axis.range.lowerBound > 0, "\(values)")
      for value in values where axis.holds(value) { #expect((0...1).contains(axis.part(value)), "\(values)") }
      #expect(axis.ticks.count <= 10 && axis.ticks.allSatisfy(axis.range.contains), "\(values)")
    }
  }

  @Test func `Between epochs there is nothing`() {
    #expect(ChartAxis([1, 3], countsWholes: true, parts: 6).ticks == [1, 2, 3])
  }
}
