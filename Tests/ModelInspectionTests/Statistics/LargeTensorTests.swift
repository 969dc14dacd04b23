import ModelFormat
import ModelInspection
import Synchronization
import TestSupport
import Testing

/// Tensors that are made as they are read: 2²⁷ elements in a release build, fewer where the compiler has not optimised.
struct LargeTensorTests {
  #if DEBUG
    private static let bitCount = 17
  #else
    private static let bitCount = 27
  #endif
  private static let count = 1 << bitCount
  /// Odd, so that multiples of it, modulo a power of two, are all numbers below that.
  private static let factor = 40_503

  /// The numbers 0..<n in disorder: all that is measured follows from n.
  @Test(arguments: [DataType.uint32, .int64, .float64, .float32])
  func `all numbers below a power of two`(type: DataType) throws {
    // Every number up to 2²⁴ has its place in 32-bit floats.
    let count = type == .float32 ? min(Self.count, 1 << 24) : Self.count
    let source = try GeneratedSource(type, count: count) { place in
      let number = place &* Self.factor & (count - 1)
      return switch type {
      case .float32: UInt64(Float(number).bitPattern)
      case .float64: Double(number).bitPattern
      default: UInt64(number)
      }
    }
    let found = try TensorStatistics(of: source.tensor, in: source, threads: 2)
    let n = Double(count)
    #expect(found.count == count && found.rawByteCount == count * type.byteCount)
    #expect(found.minimum == 0 && found.maximum == n - 1)
    #expect(found.minimumIndex == 0)
    let last = try #require(found.maximumIndex)
    #expect(last &* Self.factor & (count - 1) == count - 1)
    #expect(agree(found.mean, (n - 1) / 2))
    #expect(agree(found.standardDeviation, ((n * n - 1) / 12).squareRoot()))
    #expect((found.skewness ?? 1).magnitude < 1e-12)
    #expect(agree(found.excessKurtosis, -1.2 * (n * n + 1) / (n * n - 1), within: 1e-12))
    #expect(agree(found.percentiles?.first, 0.01 * (n - 1), within: 1e-15))
    #expect(found.percentiles?.median == 0.5 * (n - 1))
    #expect(agree(found.percentiles?.ninetyNinth, 0.99 * (n - 1), within: 1e-15))
    #expect(agree(found.l1Norm, n * (n - 1) / 2))
    #expect(agree(found.l2Norm, ((n - 1) * n * (2 * n - 1) / 6).squareRoot()))
    // x < 10⁻³ σ for the whole numbers from 0 up to that bound.
    let bound = 1e-3 * ((n * n - 1) / 12).squareRoot()
    #expect(found.nearZeroFraction == bound.rounded(.up) / n)
    #expect(found.zeros == 1 && found.negativeZeros == 0 && found.subnormals == 0)
    // As whole numbers, the lower bytes have every value equally often, and those above log₂ n bits are 0.
    if type == .uint32 || type == .int64 {
      #expect(found.byteEntropy.suffix(2) == [8, 8])
      let upper = (0..<type.byteCount - 2).map { Double(max(0, min(8, Self.bitCount - 8 * (type.byteCount - 1 - $0)))) }
      for (entropy, bits) in zip(found.byteEntropy, upper) { #expect(agree(entropy, bits) || entropy == bits) }
    }
  }

  /// 10⁸ elements in a release build. Both sides make them block by block; each number is held against NumPy's.
  @Test func `every statistic of a tensor too large to be held is NumPy's`() throws {
    let cases: [StatisticsCase] = try Oracle.recorded("large_tensors.json")
    #expect(cases.map(\.count) == [100_000, 100_000_000])
    #if DEBUG
      let count = 100_000
    #else
      let count = 100_000_000
    #endif
    let expected = try #require(cases.first { $0.count == count })
    let generated = try #require(expected.generated)
    let source = try GeneratedSource(.float32, count: count, bits: generated.bits())
    expected.expectAgreement(of: try TensorStatistics(of: source.tensor, in: source, threads: 2))
  }

  /// A file that is changed while it is read has other values at each walk: numbers that fit no one, but no trap.
  @Test(arguments: DataType.allCases, [1, 2049, 12_000])
  func `values that change while they are read do no harm`(type: DataType, count: Int) throws {
    let mask: UInt64 = type == .boolean ? 1 : .max >> UInt64(64 - 8 * type.byteCount)
    for isEqualAtFirst in [false, true] {
      let reads = ReadCount()
      let source = try GeneratedSource(type, count: count) { place in
        // First equal, so that there is one bucket; then anything, or the other way round.
        let isEqual = reads.next() <= count
        return isEqual == isEqualAtFirst ? 1 : UInt64(place) &* 0x9E37_79B9_7F4A_7C15 & mask
      }
      let found = try TensorStatistics(of: source.tensor, in: source, threads: 1)
      #expect(found.count == count)
    }
  }
}

private final class ReadCount: Sendable {
  private let count = Atomic<Int>(0)

  func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).newValue }
}
