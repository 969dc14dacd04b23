import ModelFormat
import ModelInspection
import TestSupport
import Testing

/// Histograms follow NumPy's rules.
///
/// Counts and edges come from NumPy 2.4.6: `numpy.histogram(v, bins)`, with 32 bins unless another number is given.
struct HistogramTests {
  private func histogram(_ values: [Double], bins: Int = 32) throws -> Histogram {
    try #require(try TensorStatistics(of: tensor(values), bins: bins).histogram)
  }

  /// (i·7919 mod 1000 − 500) / 256 for i below 10,000.
  @Test func histogramOfUniformNumbers() throws {
    let histogram = try histogram((0..<10_000).map { Double($0 * 7919 % 1000 - 500) / 256 })
    #expect(
      histogram.counts == [
        320, 310, 310, 310, 320, 310, 310, 310, 310, 320, 310, 310, 310, 320, 310, 310, 310, 310, 320, 310, 310, 310,
        320, 310, 310, 310, 310, 320, 310, 310, 310, 320,
      ])
    #expect(histogram.edges.count == 33)
    #expect(Array(histogram.edges[0...2]) == [-1.953125, -1.8311767578125, -1.709228515625])
    #expect(Array(histogram.edges[15...16]) == [-0.1239013671875, -0.001953125])
    #expect(Array(histogram.edges[31...]) == [1.8272705078125, 1.94921875])
  }

  /// 10⁸ + (i·7919 mod 1009 − 504) / 65,536 for i below 10,000.
  @Test func histogramOfALargeNumberPlusNoise() throws {
    let histogram = try histogram((0..<10_000).map { 1e8 + Double($0 * 7919 % 1009 - 504) / 65_536 })
    #expect(
      histogram.counts == [
        318, 306, 318, 307, 316, 308, 316, 308, 317, 306, 318, 306, 318, 307, 317, 307, 317, 308, 317, 307, 317, 307,
        318, 307, 317, 308, 317, 308, 317, 307, 318, 317,
      ])
    #expect(histogram.edges[1] == 99_999_999.99279022)
    #expect(histogram.edges[31] == 100_000_000.00720978)
  }

  /// Float32: (i·2654435761 mod 4096) / 4096 · 0.7 − 0.3 in single precision, for i below 4096.
  @Test func histogramOfUniformNumbersInSinglePrecision() throws {
    let values = (0..<4096).map { Float(Double($0 * 2_654_435_761 % 4096) / 4096) * 0.7 - 0.3 }
    let statistics = try TensorStatistics(of: Tensor(name: "w", shape: [64, 64], values: values))
    #expect(statistics.histogram?.counts == [Int](repeating: 128, count: 32))
    #expect(statistics.histogram?.edges[1] == -0.27813035249710083)
    #expect(statistics.histogram?.edges[16] == 0.049914538860321045)
    #expect(statistics.histogram?.edges[31] == 0.3779594302177429)
    #expect(agree(statistics.mean, 0.049914532519323984))
    #expect(agree(statistics.standardDeviation, 0.20207258449591467))
  }

  /// What is stored in one byte plane has two values at most where all but the sign are the same.
  @Test(arguments: [(-63.5, 63.5, 32), (-0.1, 0.7, 32), (1e-3, 1e-3 + 1e-9, 7), (-1e150, 3.0, 100), (-0.3, 0, 1)])
  func `Values that are nothing but the bounds are in the first bin and the last`(
    low: Double, high: Double, bins: Int
  ) throws {
    let histogram = try histogram((0..<4096).map { $0 % 3 == 0 ? low : high }, bins: bins)
    #expect(histogram.edges.first == low && histogram.edges.last == high)
    if bins == 1 {
      #expect(histogram.counts == [4096])
    } else {
      #expect(histogram.counts == [1366] + [Int](repeating: 0, count: bins - 2) + [2730])
    }
  }

  /// Values exactly on edges belong to the bin above; the greatest to the last: linspace(-1, 1, 33), linspace(0.1,
  /// 0.7, 33).
  @Test func valuesExactlyOnEdgesBelongToTheBinAbove() throws {
    let expected = [Int](repeating: 1, count: 31) + [2]
    let sixteenths = try histogram((0...32).map { Double($0) / 16 - 1 })
    #expect(sixteenths.counts == expected)
    let tenths = (0..<32).map { 0.1 + Double($0) * ((0.7 - 0.1) / 32) } + [0.7]
    let histogram = try histogram(tenths)
    #expect(histogram.counts == expected)
    #expect(histogram.edges == tenths)
  }

  @Test func binsThatAreNoPowerOfTwoHaveNumPysEdgesToTheLastBit() throws {
    let ten = try histogram([0.1, 0.2, 0.3, 0.7], bins: 10)
    #expect(ten.counts == [1, 1, 0, 1, 0, 0, 0, 0, 0, 1])
    #expect(
      ten.edges == [
        0.1, 0.16, 0.22, 0.28, 0.33999999999999997, 0.4, 0.45999999999999996, 0.52, 0.58, 0.64, 0.7,
      ])
    let seven = try histogram((0..<8).map { 0.1 + Double($0) * ((0.7 - 0.1) / 7) }, bins: 7)
    #expect(seven.counts == [1, 1, 1, 1, 1, 1, 2])
    #expect(
      seven.edges == [
        0.1, 0.18571428571428572, 0.27142857142857146, 0.3571428571428571, 0.44285714285714284, 0.5285714285714286,
        0.6142857142857142, 0.7,
      ])
    let grid = try histogram((0..<10_000).map { Double($0 * 7919 % 1000 - 500) / 256 }, bins: 10)
    #expect(grid.counts == [Int](repeating: 1000, count: 10))
    #expect(
      grid.edges == [
        -1.953125, -1.562890625, -1.17265625, -0.7824218749999998, -0.3921874999999999, -0.001953125,
        0.38828125000000036, 0.7785156250000003, 1.1687500000000002, 1.558984375, 1.94921875,
      ])
  }

  /// ((k·37 mod 101) − 50) · s for k below 100, s = 10²⁹⁸ and 10⁻³⁰⁰.
  @Test(arguments: [1e298, 1e-300])
  func histogramsOfNumbersAtTheEndsOfTheRange(scale: Double) throws {
    let histogram = try histogram((0..<100).map { Double($0 * 37 % 101 - 50) * scale })
    #expect(
      histogram.counts == [
        4, 3, 3, 3, 3, 3, 3, 3, 4, 3, 3, 3, 3, 3, 3, 3, 4, 3, 3, 3, 2, 3, 3, 3, 4, 3, 3, 3, 3, 3, 3, 4,
      ])
  }

  /// Counts of `numpy.histogram(v, numpy.histogram(v, 32)[1])`: by the same edges, but with a search among them. The
  /// shortcut for equal widths puts 78 · 2⁻¹⁰⁷⁴ one bin too low.
  ///
  /// (k·37 mod 101) · 2⁻¹⁰⁷⁴ for k below 500: subnormal numbers.
  @Test func histogramOfSubnormalNumbers() throws {
    let unit = Double.leastNonzeroMagnitude
    let histogram = try histogram((0..<500).map { Double($0 * 37 % 101) * unit })
    #expect(
      histogram.counts == [
        15, 15, 15, 15, 15, 14, 15, 15, 15, 14, 15, 15, 15, 15, 15, 15, 15, 15, 14, 15, 15, 14, 15, 15, 15, 15, 15, 15,
        15, 15, 14, 40,
      ])
    #expect(histogram.edges[31] == 93 * unit && histogram.edges[32] == 100 * unit)
  }

  @Test func equalValuesStandInTheMiddleOfARangeOf1() throws {
    let histogram = try histogram([3, 3])
    #expect(histogram.edges.first == 2.5 && histogram.edges.last == 3.5)
    #expect(histogram.counts[16] == 2)
  }

  /// NumPy refuses these; ours must hold every value between edges that never descend.
  @Test(arguments: [
    [-1.7e308, 0, 1.7e308], [1, 1.0.nextUp], [1e300, 1e300], [0, .leastNonzeroMagnitude], [-0.0, 0],
  ])
  func rangesTooWideOrTooNarrowForDistinctEdges(values: [Double]) throws {
    let histogram = try histogram(values)
    #expect(histogram.counts.reduce(0, +) == values.count)
    let isFinite = histogram.edges.allSatisfy { $0.isFinite }
    #expect(isFinite)
    let ascends = zip(histogram.edges, histogram.edges.dropFirst()).allSatisfy { $0 <= $1 }
    #expect(ascends)
    for (bin, count) in histogram.counts.enumerated() {
      let inside = values.filter {
        histogram.edges[bin] <= $0 && ($0 < histogram.edges[bin + 1] || (bin == 31 && $0 == histogram.edges[32]))
      }
      #expect(inside.count == count)
    }
  }

  @Test(arguments: 0..<20)
  func randomValuesFallBetweenTheEdgesOfTheirBins(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let values = (0..<2000).map { _ in
      Double(sign: .plus, exponent: Int.random(in: -1070...1020, using: &random) / (seed + 1), significand: 1)
        * Double.random(in: -2...2, using: &random)
    }
    let bins = Int.random(in: 1...100, using: &random)
    let histogram = try histogram(values, bins: bins)
    let expected = (0..<bins).map { bin in
      values.count {
        histogram.edges[bin] <= $0
          && ($0 < histogram.edges[bin + 1] || (bin == bins - 1 && $0 <= histogram.edges[bins]))
      }
    }
    #expect(histogram.counts == expected)
  }

  @Test(arguments: [(0, 1), (-5, 1), (.max, 65_536)])
  func aNumberOfBinsBelow1CountsAs1AndAbove65536AsThat(bins: Int, expected: Int) throws {
    let histogram = try histogram([1, 2], bins: bins)
    #expect(histogram.counts.count == expected)
  }

  @Test func binsCanBeMergedTheLastOneMayHoldFewer() throws {
    let histogram = try histogram((0..<70).map { Double($0) }, bins: 7)
    #expect(histogram.merged(by: 1) == histogram)
    #expect(histogram.merged(by: 0) == histogram)
    let three = histogram.merged(by: 3)
    #expect(three.counts == [30, 30, 10])
    #expect(three.edges == [histogram.edges[0], histogram.edges[3], histogram.edges[6], histogram.edges[7]])
    #expect(histogram.merged(by: .max).counts == [70])
  }
}
