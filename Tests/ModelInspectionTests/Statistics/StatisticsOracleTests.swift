import ModelFormat
import ModelInspection
import TestSupport
import Testing

/// Statistics of awkward tensors against NumPy and SciPy.
struct StatisticsOracleTests {
  @Test func thereAreCasesOfEveryType() {
    #expect(Set(StatisticsCase.all.map(\.dtype)) == Set(DataType.allCases.map(\.rawValue)))
  }

  @Test(arguments: StatisticsCase.all)
  func `statistics are those of NumPy and SciPy`(expected: StatisticsCase) throws {
    let tensor = try expected.tensor()
    let found = try TensorStatistics(of: tensor)
    #expect(found.count == expected.count)
    #expect(found.rawByteCount == expected.rawBytes)
    #expect(found.nan == expected.nan)
    #expect(found.positiveInfinity == expected.positiveInfinity)
    #expect(found.negativeInfinity == expected.negativeInfinity)
    #expect(found.zeros == expected.zeros)
    #expect(found.negativeZeros == expected.negativeZeros)
    #expect(found.subnormals == expected.subnormals)
    #expect(found.minimum == expected.minimum?.value)
    #expect(found.maximum == expected.maximum?.value)
    #expect(found.minimumIndex == expected.minimumIndex)
    #expect(found.maximumIndex == expected.maximumIndex)
    #expect(found.firstNonFiniteIndex == expected.firstNonFiniteIndex)
    #expect(found.percentiles?.first == expected.percentiles?["1"]?.value)
    #expect(found.percentiles?.median == expected.percentiles?["50"]?.value)
    #expect(found.percentiles?.ninetyNinth == expected.percentiles?["99"]?.value)
    #expect(found.maximumNorm == expected.maximumNorm?.value)
    #expect(found.nearZeroFraction == expected.nearZeroFraction?.value)
    #expect(found.byteEntropy.count == expected.byteEntropy.count)
    for (entropy, number) in zip(found.byteEntropy, expected.byteEntropy) { #expect(agree(entropy, number.value)) }
    // Rounded sums: what cancels is small next to the largest value.
    let scale = (found.maximumNorm == 0 ? 1 : found.maximumNorm) * 1e-15
    expect(found.mean, expected.mean, within: 1e-12, or: scale)
    expect(found.standardDeviation, expected.standardDeviation, within: 1e-12, or: scale)
    expect(found.l1Norm, expected.l1Norm ?? nil, within: 1e-13, or: 0)
    expect(found.l2Norm, expected.l2Norm ?? nil, within: 1e-13, or: 0)
    expect(found.skewness, expected.skewness, within: 1e-9, or: 1e-9)
    expect(found.excessKurtosis, expected.excessKurtosis, within: 1e-9, or: 1e-9)
  }

  private func expect(
    _ found: Double?, _ expected: StatisticsCase.Number?, within relative: Double, or absolute: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let expected = expected?.value else {
      // Infinite numbers are not recorded.
      #expect(found.map { !$0.isFinite } ?? true, "\(String(describing: found))", sourceLocation: sourceLocation)
      return
    }
    let isClose = agree(found, expected, within: relative) || ((found ?? .nan) - expected).magnitude <= absolute
    #expect(isClose, "\(String(describing: found)) instead of \(expected)", sourceLocation: sourceLocation)
  }

  /// Elements of a block straddle pieces, and some units hold a piece that is not whole.
  @Test(arguments: StatisticsCase.all.filter { $0.count > 2048 })
  func `any cut into pieces and any number of threads gives the same bits`(expected: StatisticsCase) throws {
    let tensor = try expected.tensor()
    let whole = try TensorStatistics(of: tensor, threads: 1)
    for (pieceSize, threads) in [(8 * 999, 2), (1 << 18, 3), (1 << 21, 2)] {
      let source = try CutSource([tensor], pieceSize: pieceSize, knowsRepetitions: false)
      #expect(try TensorStatistics(of: tensor.description, in: source, threads: threads) == whole)
    }
  }
}
