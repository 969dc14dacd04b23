/// An answer that is the same for all samples, and its loss: what a trained network has to beat.
public struct ConstantAnswer: Equatable, Sendable {
  /// What the answer is.
  public enum Kind: Sendable {
    /// All classes are equally probable.
    case evenOdds
    /// The mean of all targets.
    case meanTarget
  }

  /// What the answer is.
  public let kind: Kind
  /// The mean over the samples.
  public let loss: Double
}
