import ModelFormat
import TestSupport
import Testing

@testable import ModelInspection

/// Skewness, kurtosis, percentiles and places by hand.
struct ShapeOfDistributionTests {
  /// 0, 0, 0, 1: mean 1/4, m₂ = 3/16, m₃ = 3/32, m₄ = 21/256.
  @Test func `skewness and kurtosis of four numbers by hand`() throws {
    let statistics = try TensorStatistics(of: tensor([0, 0, 0, 1]))
    #expect(agree(statistics.skewness, 2 / 3.0.squareRoot()))
    #expect(agree(statistics.excessKurtosis, 21.0 / 256 / (9.0 / 256) - 3))
  }

  /// Neither depends on unit or origin; the signs of the skewness follow that of the unit.
  @Test(arguments: [1, -1, 0x1p900, 0x1p-900, -0x1p300, 0x1p250, 0x1p-250, 0x1p-1060])
  func `skewness and kurtosis do not depend on the unit`(unit: Double) throws {
    let numbers = (0..<5000).map { Double($0 * $0 % 997) }
    let expected = try TensorStatistics(of: tensor(numbers))
    let found = try TensorStatistics(of: tensor(numbers.map { $0 * unit }))
    #expect(agree(found.skewness, (expected.skewness ?? .nan) * (unit < 0 ? -1 : 1), within: 1e-12))
    #expect(agree(found.excessKurtosis, expected.excessKurtosis ?? .nan, within: 1e-12))
  }

  @Test func `blocks that differ are merged as if they were one`() throws {
    // Two numbers, one a third of the other's times: p = 1/4, skewness (1 − 2p)/√(pq), kurtosis (1 − 6pq)/(pq).
    let numbers = [Double](repeating: 7, count: 3 * 4096) + [Double](repeating: -1, count: 4096)
    let statistics = try TensorStatistics(of: tensor(numbers))
    #expect(agree(statistics.skewness, -0.5 / (3.0 / 16).squareRoot()))
    #expect(agree(statistics.excessKurtosis, (1 - 18.0 / 16) / (3.0 / 16)))
  }

  @Test(arguments: [1, 3, 2049, 300_000])
  func `equal values have neither skewness nor kurtosis`(count: Int) throws {
    for value in [0, 0.1, -1e300, 1e-300] {
      let statistics = try TensorStatistics(of: tensor([Double](repeating: value, count: count)))
      #expect(statistics.skewness == nil && statistics.excessKurtosis == nil)
      #expect(statistics.percentiles == Percentiles([Double](repeating: value, count: 6), count: count))
    }
  }

  @Test(arguments: [0, 4000, 200_000])
  func `places are those of the first of equal values`(before: Int) throws {
    let padding = [Double](repeating: 1, count: before)
    let statistics = try TensorStatistics(of: tensor(padding + [3, -2, .infinity, 3, -2, .nan, 1]))
    #expect(statistics.maximumIndex == before && statistics.minimumIndex == before + 1)
    #expect(statistics.firstNonFiniteIndex == before + 2)
    #expect(statistics.maximumNorm == 3)
  }

  /// The first percentile of 0…10 is at place 0.1, the last at 9.9.
  @Test func `percentiles lie between neighbours`() throws {
    let statistics = try TensorStatistics(of: tensor((0...10).map { Double(($0 * 7) % 11) }))
    #expect(agree(statistics.percentiles?.first, 0.1, within: 1e-15))
    #expect(statistics.percentiles?.median == 5)
    #expect(agree(statistics.percentiles?.ninetyNinth, 9.9, within: 1e-15))
  }

  @Test func `percentiles of the largest numbers stay finite`() throws {
    let most = Double.greatestFiniteMagnitude
    let statistics = try TensorStatistics(of: tensor([-most, most]))
    #expect(statistics.percentiles?.median == 0)
    #expect(agree(statistics.percentiles?.ninetyNinth, 0.98 * most))
  }

  @Test func `keys ascend as numbers do`() throws {
    for type in DataType.allCases where type.byteCount <= 2 {
      let order = ElementOrder(type)
      let keys = 0..<UInt64(1) << UInt64(order.width)
      let isInverse = keys.allSatisfy { order.key(order.bits(key: $0, width: order.width), width: order.width) == $0 }
      #expect(isInverse)
      let numbers = keys.filter { type != .boolean || $0 < 2 }.map { order.number(key: $0) }.filter { !$0.isNaN }
      let ascends = zip(numbers, numbers.dropFirst()).allSatisfy { $0 <= $1 }
      #expect(ascends)
    }
  }

  /// Four equally frequent bytes take two bits, one that is always the same none.
  @Test func `entropy of bytes by hand`() throws {
    let statistics = try TensorStatistics(of: tensor(.uint16, [0x0100, 0x0101, 0x0102, 0x0103] as [UInt16]))
    #expect(statistics.byteEntropy == [0, 2])
    let many = try TensorStatistics(of: tensor(.uint16, (0..<4096).map { UInt16($0 & 3) << 8 | 7 }))
    #expect(many.byteEntropy == [2, 0])
  }
}
