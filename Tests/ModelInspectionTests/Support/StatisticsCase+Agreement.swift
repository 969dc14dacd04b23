import ModelInspection
import Testing

extension StatisticsCase {
  /// Expects every statistic to be the recorded one.
  func expectAgreement(of found: TensorStatistics) {
    #expect(found.count == count)
    #expect(found.rawByteCount == rawBytes)
    #expect(found.nan == nan)
    #expect(found.positiveInfinity == positiveInfinity)
    #expect(found.negativeInfinity == negativeInfinity)
    #expect(found.zeros == zeros)
    #expect(found.negativeZeros == negativeZeros)
    #expect(found.subnormals == subnormals)
    #expect(found.minimum == minimum?.value)
    #expect(found.maximum == maximum?.value)
    #expect(found.minimumIndex == minimumIndex)
    #expect(found.maximumIndex == maximumIndex)
    #expect(found.firstNonFiniteIndex == firstNonFiniteIndex)
    #expect(found.percentiles?.first == percentiles?["1"]?.value)
    #expect(found.percentiles?.median == percentiles?["50"]?.value)
    #expect(found.percentiles?.ninetyNinth == percentiles?["99"]?.value)
    #expect(found.maximumNorm == maximumNorm?.value)
    #expect(found.nearZeroFraction == nearZeroFraction?.value)
    #expect(found.byteEntropy.count == byteEntropy.count)
    for (entropy, number) in zip(found.byteEntropy, byteEntropy) { #expect(agree(entropy, number.value)) }
    // Rounded sums: what cancels is small next to the largest value.
    let scale = (found.maximumNorm == 0 ? 1 : found.maximumNorm) * 1e-15
    Self.expect(found.mean, mean, within: 1e-12, or: scale)
    Self.expect(found.standardDeviation, standardDeviation, within: 1e-12, or: scale)
    Self.expect(found.l1Norm, l1Norm ?? nil, within: 1e-13, or: 0)
    Self.expect(found.l2Norm, l2Norm ?? nil, within: 1e-13, or: 0)
    Self.expect(found.skewness, skewness, within: 1e-9, or: 1e-9)
    Self.expect(found.excessKurtosis, excessKurtosis, within: 1e-9, or: 1e-9)
    if let histogram { #expect(found.histogram?.counts == histogram) }
  }

  private static func expect(
    _ found: Double?, _ expected: Number?, within relative: Double, or absolute: Double,
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
}
