import Testing

@testable import NNKitCommands

struct SparklineTests {
  @Test func histogramStartsAtZero() {
    #expect(Sparkline.histogram([]) == "")
    #expect(Sparkline.histogram([0, 0]) == "  ")
    // Eight heights: ⌊8 · count / highest⌋, the last one included in the top.
    #expect(Sparkline.histogram([0, 1, 2, 3, 4, 5, 6, 7, 8]) == " ▂▃▄▅▆▇██")
    // The smallest count shows next to the largest.
    #expect(Sparkline.histogram([1, 1_000_000]) == "▁█")
    #expect(Sparkline.histogram([Int.max, 1]) == "█▁")
  }

  @Test func seriesSpansItsFiniteValues() {
    #expect(Sparkline.series([], width: 10) == "")
    #expect(Sparkline.series([0, 1, 2, 3, 4, 5, 6, 7], width: 10) == "▁▂▃▄▅▆▇█")
    #expect(Sparkline.series([3, 3, 3], width: 10) == "▅▅▅")
    #expect(Sparkline.series([.nan, 1, .infinity, 2, -.infinity], width: 10) == "?▁?█?")
    #expect(Sparkline.series([.nan, .infinity], width: 10) == "??")
  }

  @Test func extremeValuesAreScaledToo() {
    let greatest = Double.greatestFiniteMagnitude
    #expect(Sparkline.series([-greatest, 0, greatest], width: 10) == "▁▅█")
    // The range of the smallest numbers has no half.
    let least = Double.leastNonzeroMagnitude
    #expect(Sparkline.series([0, least], width: 10).count == 2)
    #expect(Sparkline.series([-least, least], width: 10) == "▁█")
  }

  @Test func longSeriesKeepTheirEnds() {
    let line = Sparkline.series((0..<1000).map(Double.init), width: 40)
    #expect(line.count == 40)
    #expect(line.first == "▁" && line.last == "█")
    #expect(Array(line) == Array(line).sorted())
  }
}
