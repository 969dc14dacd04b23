public import ModelFormat
import NeuralNetwork

/// Which of two models got more answers right on the same test data, as far as their histories say, and whether that is
/// more than chance.
///
/// The interval of the difference of two proportions is Newcombe's, made of their Wilson intervals: R. G. Newcombe,
/// "Interval estimation for the difference between independent proportions: comparison of eleven methods", Statistics in
/// Medicine 17 (1998), method 10. It takes the answers of one model to be independent of the other's. On the same samples
/// they are not, and the true interval is mostly narrower: what is said to be better is.
public struct AccuracyComparison: Equatable, Sendable {
  /// What one model reached.
  public struct Side: Equatable, Sendable {
    /// The epoch that the weights are of, from 1.
    public let epoch: Int
    /// How many answers were right.
    public let correct: Int
    /// The share of right answers.
    public let accuracy: Double
    /// The Wilson score interval of the share, at 95 %.
    public let interval: ClosedRange<Double>
  }

  /// What the numbers say.
  public enum Verdict: Sendable, CaseIterable {
    /// The left model is better: the interval of the difference lies below 0.
    case leftBetter
    /// The right model is better: the interval of the difference lies above 0.
    case rightBetter
    /// 0 lies within the interval of the difference.
    case notDistinguishable
  }

  /// The left model.
  public let left: Side
  /// The right model.
  public let right: Side
  /// How many test samples there are.
  public let samples: Int
  /// The interval of right − left at 95 %.
  public let difference: ClosedRange<Double>

  /// What the numbers say.
  public var verdict: Verdict {
    difference.lowerBound > 0 ? .rightBetter : difference.upperBound < 0 ? .leftBetter : .notDistinguishable
  }

  /// nil unless both models say that they were tested with the same number of samples, with the same fingerprint, and
  /// have an accuracy for the epoch that their weights are of.
  public init?(_ left: ModelParts, _ right: ModelParts) {
    let (one, other) = (RunMetadata(left.metadata), RunMetadata(right.metadata))
    guard let samples = one.testSamples, samples > 0, samples < 1 << 53, other.testSamples == samples,
      let fingerprint = one.testFingerprint, let same = other.testFingerprint,
      fingerprint.utf8.elementsEqual(same.utf8),
      let a = Side(one, left.history, samples), let b = Side(other, right.history, samples)
    else { return nil }
    self.init(left: a, right: b, samples: samples)
  }

  private init(left: Side, right: Side, samples: Int) {
    self.left = left
    self.right = right
    self.samples = samples
    let (a, b) = (left.accuracy, right.accuracy)
    func root(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
    let below = root(b - right.interval.lowerBound, left.interval.upperBound - a)
    let above = root(right.interval.upperBound - b, a - left.interval.lowerBound)
    difference = (b - a - below)...(b - a + above)
  }
}

extension AccuracyComparison.Side {
  fileprivate init?(_ metadata: RunMetadata, _ history: TrainingHistory, _ samples: Int) {
    guard let values = history[.testAccuracy], !values.isEmpty else { return nil }
    epoch = metadata.savedEpoch(of: values.count)
    accuracy = values[epoch - 1]
    let count = accuracy * Double(samples)
    // What is no count of right answers is no accuracy on these samples.
    guard (0...1).contains(accuracy), (count - count.rounded()).magnitude < 0.01 else { return nil }
    correct = Int(count.rounded())
    let wilson = ClassificationReport.wilsonInterval(correct: correct, total: samples)
    interval = min(wilson.lower, accuracy)...max(wilson.upper, accuracy)
  }
}

extension RunMetadata {
  /// The epoch that the weights are of, from 1: the best one where training kept it, and else the last.
  ///
  /// - Parameter epochs: how many epochs the history has, at least 1.
  public func savedEpoch(of epochs: Int) -> Int {
    self.bestEpoch.flatMap { (1...max(1, epochs)).contains($0) ? $0 : nil } ?? epochs
  }
}
