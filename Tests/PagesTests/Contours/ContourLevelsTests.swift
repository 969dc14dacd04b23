import Testing

@testable import Pages

struct ContourLevelsTests {
  @Test func levelsAreRoundNumbersInsideTheRange() {
    let linear = ContourLevels(-1...1, leastPositive: nil)
    #expect(!linear.isLogarithmic)
    #expect(linear.values.count == 9 && linear.bandCount == 10)
    for (level, expected) in zip(linear.values, [-0.8, -0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8]) {
      #expect(abs(level - expected) < 1e-12)
    }
    #expect((0..<9).map(linear.label) == ["−0.8", "−0.6", "−0.4", "−0.2", "0", "0.2", "0.4", "0.6", "0.8"])
  }

  @Test func aDecadeAndMoreHasLogarithms() {
    let levels = ContourLevels(0.007...15, leastPositive: 0.007)
    #expect(levels.isLogarithmic)
    #expect((8...14).contains(levels.values.count))
    #expect(levels.values == levels.values.sorted() && levels.values.allSatisfy { $0 > 0.007 && $0 < 15 })
    #expect(levels.values.contains { abs($0 - 1) < 1e-12 })
    #expect(!ContourLevels(1...9.9, leastPositive: 1).isLogarithmic)
    #expect(ContourLevels(0...9, leastPositive: 0.1).isLogarithmic)
    #expect(!ContourLevels(-1...9, leastPositive: 0.1).isLogarithmic)
  }

  @Test func noRangeIsTooOdd() {
    let greatest = Double.greatestFiniteMagnitude
    let least = Double.leastNonzeroMagnitude
    for range in [
      0...0, 3...3, 0...least, -greatest...greatest, 0...greatest, least...greatest, 1e300...1.0000001e300,
      1...1.0000000000000002, 1e-300...2e-300,
    ] {
      for leastPositive in [nil, max(range.lowerBound, least)] {
        let levels = ContourLevels(range, leastPositive: leastPositive)
        #expect(levels.values.count <= 14, "\(range)")
        #expect(levels.values == levels.values.sorted(), "\(range)")
        #expect(levels.values.allSatisfy { $0 > range.lowerBound && $0 < range.upperBound }, "\(range)")
        for index in levels.values.indices { #expect(!levels.label(index).isEmpty) }
      }
    }
  }
}
