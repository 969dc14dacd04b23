import Testing

@testable import Stress

struct GrowthTests {
  private func growth(_ costs: [(time: Double, peak: Int)]) -> Growth {
    let steps = costs.enumerated().map { (place, cost) in
      Measurement(count: 1000 << place, time: 0.02 + cost.time, peak: (20 << 20) + cost.peak)
    }
    return Growth(base: Measurement(count: 0, time: 0.02, peak: 20 << 20), steps: steps)
  }

  @Test func linearGrowthIsFine() {
    #expect(growth([(0.1, 10 << 20), (0.2, 20 << 20), (0.4, 40 << 20)]).faults == [])
    #expect(growth([(0.1, 10 << 20), (0.25, 28 << 20), (0.55, 58 << 20)]).faults == [])
  }

  @Test func littleIsNotJudged() {
    #expect(growth([(0, 0), (0.01, 1 << 20), (0.04, 4 << 20)]).faults == [])
  }

  @Test func squaresAreFaults() {
    let faults = growth([(0.02, 4 << 20), (0.08, 16 << 20), (0.32, 64 << 20)]).faults
    #expect(
      faults == [
        "time grew 16.0 times where n grew 4.0 times", "memory grew 16.0 times where n grew 4.0 times",
      ])
  }
}
