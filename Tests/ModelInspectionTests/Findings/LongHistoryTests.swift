import ModelFormat
import TestSupport
import Testing

@testable import ModelInspection

/// Columns of any length are looked at where they are.
struct LongHistoryTests {
  /// The plain way: all values, sorted.
  private func sortedMedian(_ values: [Double]) -> Double {
    let (sorted, middle) = (values.sorted(), values.count / 2)
    return values.count % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2
  }

  @Test(arguments: [1, 2, 3, 4_095, 4_096, 4_097, 20_000, 20_001])
  func `A median that keeps no values is that of all values sorted`(count: Int) {
    var random = SplitMix64(seed: UInt64(count))
    let sets: [[Double]] = [
      (0..<count).map { _ in Double.random(in: 0..<1, using: &random) },
      // Few different ones, with 0 and infinity among them.
      (0..<count).map { _ in [0, .leastNonzeroMagnitude, 1, 1, 2, .infinity][Int.random(in: 0..<6, using: &random)] },
      (0..<count).map { $0 < count / 2 ? 1 : 3 },
      [Double](repeating: 0.25, count: count),
    ]
    for values in sets { #expect(MedianSearch.median(count: count) { values[$0] } == sortedMedian(values)) }
  }

  @Test func `The median of numbers computed anew is found in five walks`() {
    let count = 10_000
    var calls = 0
    let median = MedianSearch.median(count: count) { place in
      calls += 1
      return Double(place)
    }
    #expect(median == 4_999.5 && calls <= 5 * count)
  }

  @Test func `A loss in which every epoch was measured has no list of epochs, and one with gaps passes over them`() {
    let whole = LossSeries("loss", [3, 1, 2, 5], skippingNaN: true)
    #expect(whole.count == 4 && whole.epoch(at: 3) == 4 && whole[1] == 1 && whole.lastEpoch == 4)
    // Medians of 3, 1, 2; 3, 1, 2; 1, 2, 5; 1, 2, 5.
    #expect((0..<4).map(whole.smoothed) == [2, 2, 2, 2])
    // |3 − 2 + 2| = 3 and |1 − 4 + 5| = 2.
    #expect(abs(whole.noise() - 1.4826 * 2.5 / 6.0.squareRoot()) < 1e-15)
    let gaps = LossSeries("loss", [.nan, 3, .nan, 1, .nan], skippingNaN: true)
    #expect(gaps.count == 2 && gaps.epoch(at: 1) == 4 && gaps[0] == 3 && gaps.lastEpoch == 4)
    #expect(gaps.smoothedValue(at: 3) == 3 && gaps.smoothedValue(at: 1) == nil && gaps.noise() == 0)
    #expect(LossSeries("loss", [.nan], skippingNaN: false).nonFinite()?.evidence["epoch"] == 1)
    #expect(LossSeries("loss", [.nan], skippingNaN: true).lastEpoch == nil)
  }

  @Test func `Over-fitting shows in a hundred thousand epochs`() throws {
    let count = 100_000
    let training = (0..<count).map { 1 / Double($0 + 1) }
    let validation = (0..<count).map { epoch -> Double in
      let distance = Double(epoch - 30_000) / 70_000
      return 0.5 + distance * distance
    }
    let finding = try #require(HistoryFindings.findings(training: training, validation: validation).first)
    #expect(finding.code == .overFitting && finding.evidence["epoch"] == 30_001)
  }
}
