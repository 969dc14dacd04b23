/// How two networks answer the same samples.
public struct FunctionDifference: Sendable, Equatable {
  /// The samples that one class is predicted for by one network, and another by the other.
  public struct Flip: Sendable, Equatable {
    /// The class that the left network predicts; nil where an output is not a number.
    public let left: Int?
    /// The class that the right network predicts; nil where an output is not a number.
    public let right: Int?
    /// How many samples there are.
    public internal(set) var count: Int
    /// The first ten of them.
    public internal(set) var indices: [Int]
  }

  /// How far the outputs of two layers that correspond are apart.
  public struct Layer: Sendable, Equatable {
    /// What the layer is called in the left network.
    public let name: String
    /// What it is called in the right network.
    public let rightName: String
    /// ‖left − right‖ / ‖left‖ over all samples: 0 where both are equal, infinite where only the left outputs are all 0; nil
    /// where a value is not finite and the bits differ.
    public let relativeL2: Double?
  }

  /// Which of the classifiers is right.
  public struct Truth: Sendable, Equatable {
    /// The samples of which only the left network is right.
    public internal(set) var leftOnlyRight = 0
    /// The samples of which only the right network is right.
    public internal(set) var rightOnlyRight = 0
    /// The samples of which both are right.
    public internal(set) var bothRight = 0
    /// The samples of which none is right.
    public internal(set) var bothWrong = 0

    /// The exact two-sided p of McNemar's test, by `McNemarTest`.
    public var mcNemarP: Double {
      McNemarTest.exactProbability(leftOnly: leftOnlyRight, rightOnly: rightOnlyRight)
    }
  }

  /// Above this relative L2 the outputs of two layers count as apart: some ten units in the last place of binary32.
  public static let divergenceThreshold = 1e-6
  /// The most entries of `indices`.
  public static let listedSamples = 1000

  /// How many samples there were.
  public let samples: Int
  /// The share of samples for which both predict the same class; nil for numbers, and without samples.
  public let agreement: Double?
  /// Which is right; nil without labels, and for numbers.
  public let truth: Truth?
  /// The mean of KL(left‖right) of the probabilities in nats, found from what goes into the last layers, so that none is
  /// 0; a sum over the classes where these stand by themselves. nil for numbers, for probabilities of different events, and
  /// where a value is not finite.
  public let meanKL: Double?
  /// The greatest difference between values that go into the last softmax or sigmoid layers; nil for numbers, for
  /// probabilities of different events, and where a value is not finite.
  public let maximumLogitDifference: Double?
  /// The sample that has it.
  public let maximumLogitDifferenceIndex: Int?
  /// The greatest difference between outputs; nil where a value is not finite.
  public let maximumOutputDifference: Double?
  /// √(Σ (left − right)² / n) over all outputs; nil where a value is not finite.
  public let rmsOutputDifference: Double?
  /// Which classes became which others, the most frequent first.
  public let flips: [Flip]
  /// The first `listedSamples` of the samples on which they differ: in the class; for numbers, in any bit of the outputs.
  public let indices: [Int]
  /// How many such samples there are.
  public let differing: Int
  /// The layers that correspond, in the order of the left network: of the same name, or in the same place, and of the
  /// same output shape.
  public let layers: [Layer]

  /// 1 − agreement.
  public var churn: Double? { agreement.map { _ in Double(differing) / Double(samples) } }

  /// The first layer whose outputs are apart by more than `divergenceThreshold`, or differ in one that is not finite.
  public var firstDivergingLayer: String? {
    layers.first { $0.relativeL2.map { $0 > FunctionDifference.divergenceThreshold } ?? true }?.name
  }
}
