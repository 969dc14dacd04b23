import ModelFormat
import NetworkRuns
import Testing

/// Which of two models is better, by what they say of themselves.
struct AccuracyComparisonTests {
  private func parts(
    _ accuracies: [Double], samples: Int? = 359, fingerprint: String? = "crc32:01234567", bestEpoch: Int? = nil
  ) throws -> ModelParts {
    var metadata = RunMetadata()
    metadata.testSamples = samples
    metadata.testFingerprint = fingerprint
    metadata.bestEpoch = bestEpoch
    return ModelParts(
      history: try TrainingHistory(columns: [.init(name: "test_accuracy", values: accuracies)]),
      metadata: metadata.attributes)
  }

  private func agree(_ a: Double, _ b: Double) -> Bool { (a - b).magnitude < 1e-12 }

  /// SciPy: `binomtest(k, 359).proportion_ci(method="wilson")`, put together by Newcombe's formula.
  @Test func `The interval of the difference is Newcombe's`() throws {
    let comparison = try #require(AccuracyComparison(parts([0.5, 300.0 / 359]), parts([350.0 / 359])))
    #expect(comparison.left.correct == 300 && comparison.left.epoch == 2 && comparison.right.correct == 350)
    #expect(agree(comparison.left.interval.lowerBound, 0.793804419052192))
    #expect(agree(comparison.right.interval.upperBound, 0.9867558254185095))
    #expect(agree(comparison.difference.lowerBound, 0.09821625764476755))
    #expect(agree(comparison.difference.upperBound, 0.182764602529682))
    #expect(comparison.verdict == .rightBetter)
    let other = try #require(AccuracyComparison(parts([350.0 / 359]), parts([300.0 / 359])))
    #expect(other.verdict == .leftBetter)
    #expect(agree(other.difference.lowerBound, -comparison.difference.upperBound))
  }

  @Test func `A difference within the interval cannot be told`() throws {
    let comparison = try #require(AccuracyComparison(parts([0.9], samples: 100), parts([0.95], samples: 100)))
    #expect(comparison.verdict == .notDistinguishable)
    let perfect = try #require(AccuracyComparison(parts([1]), parts([1])))
    #expect(perfect.verdict == .notDistinguishable && perfect.difference.contains(0))
  }

  @Test func `The accuracy is that of the epoch that the weights are of`() throws {
    let comparison = try #require(
      AccuracyComparison(parts([0, 1, 0], bestEpoch: 2), parts([0, 1, 0], bestEpoch: 9)))
    #expect(comparison.left.correct == 359 && comparison.left.epoch == 2)
    #expect(comparison.right.correct == 0 && comparison.right.epoch == 3)
  }

  @Test func `Other test data, or none, cannot be compared`() throws {
    let one = try parts([1])
    #expect(AccuracyComparison(one, try parts([1], fingerprint: "crc32:76543210")) == nil)
    #expect(AccuracyComparison(one, try parts([1], samples: 360)) == nil)
    #expect(AccuracyComparison(one, try parts([1], fingerprint: nil)) == nil)
    #expect(AccuracyComparison(try parts([1], samples: 0), try parts([1], samples: 0)) == nil)
    #expect(AccuracyComparison(try parts([1], samples: -3), try parts([1], samples: -3)) == nil)
    #expect(AccuracyComparison(try parts([1], samples: .max), try parts([1], samples: .max)) == nil)
    for accuracy in [Double.nan, -1, 2, 0.5, .infinity] {
      // Half of 359 is no number of answers.
      #expect(AccuracyComparison(one, try parts([accuracy])) == nil)
    }
    #expect(AccuracyComparison(one, try parts([])) == nil)
  }
}
