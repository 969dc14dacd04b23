import ModelFormat
import ModelInspection
import TestSupport
import Testing

/// Statistics of tensors.
///
/// Constants come from NumPy 2.4.6, over `v = values.astype(float64)`: `v.min()`, `v.max()`, `v.mean()`, `v.std()`,
/// `numpy.linalg.norm(v)`. Where NumPy overflows or loses digits, they come from the same sums over Python's exact
/// `fractions.Fraction`, rounded once; those are marked.
struct TensorStatisticsTests {
  private func expect(
    _ statistics: TensorStatistics, _ minimum: Double, _ maximum: Double, mean: Double, deviation: Double,
    norm: Double, zeros: Int = 0, within relative: Double = 1e-13, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(statistics.minimum == minimum, sourceLocation: sourceLocation)
    #expect(statistics.maximum == maximum, sourceLocation: sourceLocation)
    #expect(agree(statistics.mean, mean, within: relative), "\(statistics)", sourceLocation: sourceLocation)
    #expect(
      agree(statistics.standardDeviation, deviation, within: relative), "\(statistics)", sourceLocation: sourceLocation)
    #expect(agree(statistics.l2Norm, norm, within: relative), "\(statistics)", sourceLocation: sourceLocation)
    #expect(statistics.zeros == zeros, sourceLocation: sourceLocation)
    #expect(statistics.finite == statistics.count, sourceLocation: sourceLocation)
    #expect(statistics.histogram?.counts.reduce(0, +) == statistics.count, sourceLocation: sourceLocation)
  }

  /// (i·7919 mod 1000 − 500) / 256 for i below 10,000.
  @Test func statisticsOfUniformNumbers() throws {
    let values = (0..<10_000).map { Double($0 * 7919 % 1000 - 500) / 256 }
    expect(
      try TensorStatistics(of: tensor(values)), -1.953125, 1.94921875, mean: -0.001953125,
      deviation: 1.1276366806922247, norm: 112.76383721476685, zeros: 10)
  }

  /// 10⁸ plus noise of a few thousandths keeps its deviation (exact).
  @Test func aLargeNumberPlusNoiseKeepsItsDeviation() throws {
    let values = (0..<10_000).map { 1e8 + Double($0 * 7919 % 1009 - 504) / 65_536 }
    let statistics = try TensorStatistics(of: tensor(values))
    #expect(agree(statistics.mean, 100_000_000.00000155, within: 1e-15))
    #expect(agree(statistics.standardDeviation, 0.004444960432448373, within: 1e-7))
    #expect(agree(statistics.l2Norm, 10_000_000_000.000154))
  }

  /// ((k·37 mod 101) − 50) · s at the ends of the range (exact).
  @Test func statisticsOfNumbersAtTheEndsOfTheRange() throws {
    let numbers = (0..<100).map { Double($0 * 37 % 101 - 50) }
    expect(
      try TensorStatistics(of: tensor(numbers.map { $0 * 1e298 })), -50 * 1e298, 50 * 1e298,
      mean: -1.3999999999999998e297,
      deviation: 2.9266369778296725e299, norm: 2.926670463171417e300, zeros: 1)
    expect(
      try TensorStatistics(of: tensor(numbers.map { $0 * 1e-300 })), -50 * 1e-300, 50 * 1e-300, mean: -1.4e-301,
      deviation: 2.926636977829673e-299, norm: 2.926670463171418e-298, zeros: 1)
    expect(
      try TensorStatistics(of: tensor([1e300, 1e-300])), 1e-300, 1e300, mean: 5e299, deviation: 5e299, norm: 1e300)
    expect(
      try TensorStatistics(of: tensor([1.7e308, -1.7e308, 1e308])), -1.7e308, 1.7e308,
      mean: 3.333333333333333e307, deviation: 1.465908895153068e308, norm: .infinity)
  }

  /// (k·37 mod 101) · 2⁻¹⁰⁷⁴: subnormal numbers only (exact).
  @Test func statisticsOfSubnormalNumbersOnly() throws {
    let unit = Double.leastNonzeroMagnitude
    let statistics = try TensorStatistics(of: tensor((0..<500).map { Double($0 * 37 % 101) * unit }))
    expect(statistics, 0, 100 * unit, mean: 50 * unit, deviation: 29 * unit, norm: 1294 * unit, zeros: 5)
    expect(
      try TensorStatistics(of: tensor([unit, unit])), unit, unit, mean: unit, deviation: 0, norm: unit)
  }

  /// Int8: i·7919 mod 251 − 125 for i below 1000.
  @Test func statisticsOfIntegersOf8Bits() throws {
    let values = (0..<1000).map { Int8($0 * 7919 % 251 - 125) }
    expect(
      try TensorStatistics(of: tensor(.int8, values)), -125, 125, mean: -0.128, deviation: 72.48098796236155,
      norm: 2292.053664293225, zeros: 4)
  }

  #if !(os(macOS) && arch(x86_64))
    /// Float16: (i mod 61 − 30) / 7 for i below 2000.
    @Test func statisticsOfFloat16() throws {
      let values = (0..<2000).map { (Float16($0 % 61 - 30) / 7).bitPattern }
      let statistics = try TensorStatistics(of: tensor(.float16, values))
      #expect(agree(statistics.mean, -0.022287109375))
      #expect(agree(statistics.standardDeviation, 2.507835099769747))
      #expect(agree(statistics.l2Norm, 112.15822397739215))
      #expect(
        statistics.histogram?.counts == [
          66, 66, 66, 66, 66, 66, 66, 33, 66, 66, 66, 66, 66, 66, 66, 33, 66, 66, 66, 66, 66, 66, 66, 33, 66, 65, 64,
          64, 64, 64, 64, 64,
        ])
    }
  #endif

  @Test func otherTypesAreMeasuredAsByHand() throws {
    expect(
      try TensorStatistics(of: tensor(.boolean, [0, 1, 1, 0, 1] as [UInt8])), 0, 1, mean: 0.6,
      deviation: 0.24.squareRoot(), norm: 3.0.squareRoot(), zeros: 2)
    expect(
      try TensorStatistics(of: tensor(.bfloat16, [0x3F80, 0xC000, 0x8000] as [UInt16])), -2, 1, mean: -1 / 3,
      deviation: (14.0 / 9).squareRoot(), norm: 5.0.squareRoot(), zeros: 1)
    expect(
      try TensorStatistics(of: tensor(.uint64, [.max, .max] as [UInt64])), 0x1p64, 0x1p64, mean: 0x1p64,
      deviation: 0, norm: 2.0.squareRoot() * 0x1p64)
    expect(
      try TensorStatistics(of: tensor(.int32, [Int32.min, Int32.max, 0])), -0x1p31, 0x1p31 - 1, mean: -1 / 3,
      deviation: 1_753_413_055.7819521, norm: 3_037_000_499.268943, zeros: 1)
  }

  @Test func oneValueAndManyEqualOnes() throws {
    for count in [1, 5, 4096, 10_000] {
      expect(
        try TensorStatistics(of: tensor([Double](repeating: -2.5, count: count))), -2.5, -2.5, mean: -2.5,
        deviation: 0, norm: 2.5 * Double(count).squareRoot())
    }
    // As in NumPy, rounding leaves a trace.
    let tenths = try TensorStatistics(of: tensor([0.1, 0.1, 0.1]))
    #expect(agree(tenths.mean, 0.1, within: 2e-16))
    #expect((tenths.standardDeviation ?? 1) <= 1.5e-17)
  }

  @Test(arguments: [0, 1, 7, 4090, 8192])
  func nanAndInfinitiesAreCountedAndLeftOutOfTheRest(before: Int) throws {
    let padding = [Double](repeating: 2, count: before)
    let statistics = try TensorStatistics(of: tensor(padding + [.nan, 4, -.infinity, .nan, .infinity, -0.0, -.nan]))
    #expect(statistics.count == before + 7)
    #expect(statistics.nan == 3)
    #expect(statistics.positiveInfinity == 1)
    #expect(statistics.negativeInfinity == 1)
    #expect(statistics.zeros == 1)
    #expect(statistics.finite == before + 2)
    #expect(statistics.minimum == 0 && statistics.maximum == 4)
    #expect(agree(statistics.mean, Double(2 * before + 4) / Double(before + 2)))
    #expect(agree(statistics.l2Norm, Double(4 * before + 16).squareRoot()))
    #expect(statistics.histogram?.counts.reduce(0, +) == before + 2)
  }

  @Test func withoutAFiniteValueThereIsNoMinimumMeanOrHistogram() throws {
    for values in [[], [.nan], [Double](repeating: .nan, count: 5000), [.infinity, -.infinity]] {
      let statistics = try TensorStatistics(of: tensor(values))
      #expect(statistics.count == values.count)
      #expect(statistics.finite == 0)
      #expect(statistics.minimum == nil && statistics.maximum == nil)
      #expect(statistics.mean == nil && statistics.standardDeviation == nil)
      #expect(statistics.histogram == nil)
      #expect(statistics.l2Norm == 0)
    }
  }

  @Test(arguments: [1, 4095, 4097, 131_072, 300_001])
  func fromAFileInChunksAsFromMemory(count: Int) throws {
    var random = SplitMix64(seed: UInt64(count))
    var values = (0..<count).map { _ in Double.random(in: -1...2, using: &random) }
    values[count / 2] = .nan
    let tensor = try tensor(values)
    let reader = try reader([try Tensor(name: "other", shape: [1], values: [9.0]), tensor])
    let streamed = try TensorStatistics(of: tensor.description, in: reader)
    #expect(streamed == (try TensorStatistics(of: tensor)))
    #expect(streamed.count == count && streamed.nan == 1)
  }

  @Test func damageInTheFileIsAnErrorNotANumber() throws {
    let tensor = try tensor((0..<1000).map { Double($0).squareRoot() })
    var bytes = try Model(topology: nil, tensors: [tensor]).encoded()
    bytes[100] ^= 1
    let reader = try ModelReader(bytes: bytes)
    let error = #expect(throws: ModelFormatError.self) { try TensorStatistics(of: tensor.description, in: reader) }
    #expect(error?.code == .checksumMismatch)
    #expect(error?.tensor == "w")
  }
}
