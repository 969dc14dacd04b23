import ModelFormat
import TestSupport
import Testing

@testable import ModelInspection

struct PassesTests {
  /// Weights, with values of every other kind here and there.
  private func values(_ count: Int, seed: UInt64) -> [Double] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      switch Int.random(in: 0..<20_000, using: &random) {
      case 0: .nan
      case 1: .infinity
      case 2: -.infinity
      case 3: -0.0
      default: Double.random(in: -1...2, using: &random)
      }
    }
  }

  private func tensors() throws -> [Tensor] {
    try [0, 1, 140_000, 30, 131_072, 5].enumerated().map { place, count in
      try Tensor(name: "t\(place)", shape: [count], values: values(count, seed: UInt64(place)))
    }
  }

  /// The same for any number of threads, and however much memory there is for decoded pieces.
  @Test func theSameForAnyNumberOfThreads() throws {
    let tensors = try tensors()
    let reader = try reader(tensors)
    let expected = try TensorStatistics.all(of: reader.tensors, in: reader, threads: 1)
    #expect(expected.map(\.count) == tensors.map(\.count))
    for threads in [2, 5] {
      #expect(try TensorStatistics.all(of: reader.tensors, in: reader, threads: threads) == expected)
    }
    for decodedSize in [0, 1 << 20] {
      var passes = StatisticsPasses(bins: 32, threads: 2, decodedSize: decodedSize)
      let pieces = try TensorPieces.open(reader.tensors, in: reader, threads: 2)
      #expect(try passes.statistics(of: pieces) == expected)
    }
    let (tensor, statistics) = (tensors[2], expected[2])
    #expect(try TensorStatistics(of: tensor.description, in: reader) == statistics)
    #expect(try TensorStatistics(of: tensor) == statistics)
  }

  @Test func againstSumsOverAllValuesAtOnce() throws {
    let values = values(140_000, seed: 9)
    let statistics = try TensorStatistics(of: Tensor(name: "w", shape: [values.count], values: values), threads: 2)
    let finite = values.filter(\.isFinite)
    #expect(statistics.finite == finite.count)
    #expect(statistics.nan == values.count(where: \.isNaN))
    #expect(statistics.positiveInfinity == values.count { $0 == .infinity })
    #expect(statistics.negativeInfinity == values.count { $0 == -.infinity })
    #expect(statistics.zeros == values.count { $0 == 0 })
    #expect(statistics.minimum == finite.min() && statistics.maximum == finite.max())
    // Neumaier's sums: they lose nothing that would show here.
    let mean = compensatedSum(finite) / Double(finite.count)
    let squares = compensatedSum(finite.map { ($0 - mean) * ($0 - mean) })
    #expect(agree(statistics.mean, mean))
    #expect(agree(statistics.standardDeviation, (squares / Double(finite.count)).squareRoot()))
    #expect(agree(statistics.l2Norm, compensatedSum(finite.map { $0 * $0 }).squareRoot()))
    let histogram = try #require(statistics.histogram)
    var counts = [Int](repeating: 0, count: 32)
    for value in finite {
      counts[min((histogram.edges.lastIndex { $0 <= value }) ?? 0, 31)] += 1
    }
    #expect(histogram.counts == counts)
  }

  private func compensatedSum(_ values: [Double]) -> Double {
    var (sum, lost) = (0.0, 0.0)
    for value in values {
      let next = sum + value
      lost += sum.magnitude >= value.magnitude ? (sum - next) + value : (value - next) + sum
      sum = next
    }
    return sum + lost
  }

  /// Each number fills blocks of its own, so that blocks in different units are merged.
  @Test(arguments: [
    [0x1p-1074, 0], [0, 0x1p-1074], [0x1p-1074, 0x1p-1070, 0], [1, 0x1p-600], [0x1p-600, 1], [0x1p900, 1, 0],
    [1, 0x1p900], [-0x1p1000, 0x1p1000], [0x1p-1000, 0x1p1000],
  ])
  func blocksOfVeryDifferentMagnitudesByHand(numbers: [Double]) throws {
    let length = 3 * ElementBlocks.size
    let statistics = try TensorStatistics(of: tensor(numbers.flatMap { [Double](repeating: $0, count: length) }))
    // In units of the largest number, where nothing overflows; what vanishes there does not show in the result.
    let unit = numbers.map(\.magnitude).max() ?? 1
    let scaled = numbers.map { $0 / unit }
    let mean = scaled.reduce(0, +) / Double(scaled.count)
    let variance = scaled.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scaled.count)
    let norm = (scaled.reduce(0) { $0 + $1 * $1 } * Double(length)).squareRoot()
    // Where numbers cancel, what rounding leaves is small next to them; subnormal numbers are multiples of the least one.
    let coarseness = max(unit * 1e-15, 0x1p-1074)
    for (found, expected) in [
      (statistics.mean, mean * unit), (statistics.standardDeviation, variance.squareRoot() * unit),
      (statistics.l2Norm, norm * unit),
    ] {
      let isClose = agree(found, expected) || ((found ?? .nan) - expected).magnitude <= coarseness
      #expect(isClose, "\(String(describing: found)) instead of \(expected)")
    }
  }

  /// Values that are on edges or next to them, in every lane, fall into the same bins as one by one.
  @Test func valuesThatLieOnEdgesOrBesideThem() throws {
    let bins = HistogramBins(from: -1, to: 2, count: 48)
    let numbers = bins.edges.flatMap { [$0.nextDown.nextDown, $0.nextDown, $0, $0.nextUp, $0 + 1e-3] }
      .filter { (-1...2).contains($0) }
    for shift in 0..<8 {
      let values = [-1] + [Double](repeating: 0.3, count: shift) + numbers + [2]
      let histogram = try #require(try TensorStatistics(of: tensor(values), bins: 48).histogram)
      #expect(histogram.edges == bins.edges)
      let expected = (0..<48).map { bin in
        values.count { bins.edges[bin] <= $0 && ($0 < bins.edges[bin + 1] || (bin == 47 && $0 <= 2)) }
      }
      #expect(histogram.counts == expected)
    }
  }

  /// Values beyond the bounds, as of a file that changed meanwhile, stay within the bins.
  @Test func valuesBeyondTheBoundsAsOfAFileThatChangedMeanwhile() {
    let bins = HistogramBins(from: 0, to: 1, count: 4)
    var tables = bins.emptyTables
    let values = [-5, 1e9, 0.4, -1e300, 0x1p40, .nan, 2, 0.1]
    values.withUnsafeBufferPointer { bins.include($0, in: &tables) }
    var counts = [0, 0, 0, 0]
    bins.add(tables, to: &counts)
    #expect(counts == [3, 1, 0, 3])
  }
}
