import NeuralNetwork
import Testing

struct InputScalingTests {
  /// Python: statistics.fmean and statistics.pstdev of [2, 4, 4, 4, 5, 5, 7, 9] are 5 and 2.
  @Test func standardisationOfAWorkedList() throws {
    let scaling = try InputScaling.standardizing([2.0, 4, 4, 4, 5, 5, 7, 9])
    #expect(scaling.scale == 0.5)
    #expect(scaling.offset == -2.5)
  }

  @Test func standardisedValuesHaveMean0AndDeviation1() throws {
    var generator = RandomGenerator(seed: 4)
    let values = (0..<1_000).map { _ in 1e6 + 3 * generator.normal() }
    let scaling = try InputScaling.standardizing(values)
    let scaled = values.map { scaling.scale * $0 + scaling.offset }
    let mean = scaled.reduce(0, +) / 1_000
    let variance = scaled.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1_000
    #expect(abs(mean) < 1e-8)
    #expect(abs(variance - 1) < 1e-8)
  }

  @Test func theUnitRangeIsReached() throws {
    let scaling = try InputScaling.unitRange([-3.0, 5, 1])
    #expect([-3.0, 5, 1].map { scaling.scale * $0 + scaling.offset } == [0, 1, 0.5])
  }

  @Test func equalValuesBecome0() throws {
    for scaling in [try InputScaling.standardizing([7.0, 7]), try .unitRange([7.0, 7])] {
      #expect(scaling.scale == 1)
      #expect(scaling.offset == -7)
    }
  }

  @Test func missingAndInfiniteValuesDoNotCount() throws {
    #expect(try InputScaling.unitRange([Double.nan, 1, .infinity, 3, -.infinity]) == .unitRange([1.0, 3]))
    #expect(try InputScaling.standardizing([Double.nan, 1, .infinity, 3]) == .standardizing([1.0, 3]))
  }

  @Test func withoutAFiniteValueThereIsNoScaling() {
    for values in [[], [Double.nan], [.infinity]] {
      #expect(networkError { _ = try InputScaling.standardizing(values) }?.code == .valueOutOfRange)
      #expect(networkError { _ = try InputScaling.unitRange(values) }?.code == .valueOutOfRange)
    }
  }
}
