public import ModelFormat

/// How the values of two tensors of the same shape differ. Δ is right − left.
///
/// A pair of which one value is NaN or infinite and the other one is not the same is a mismatch and no distance: where
/// there is one, the distances over all pairs are nil.
public struct ValueDifference: Equatable, Sendable {
  /// One pair of values and its place.
  public struct Place: Equatable, Sendable {
    /// The index along each dimension.
    public let index: [Int]
    /// The value in the first tensor.
    public let left: Double
    /// The value in the second tensor.
    public let right: Double
  }

  /// How far a unit of the output axis changed.
  public struct ChangedUnit: Equatable, Sendable {
    /// Its index along the output axis.
    public let index: Int
    /// ‖Δ‖ / ‖left‖ of the unit; infinite where only ‖left‖ is 0, nil where a pair of values is no distance apart, or the
    /// squares are beyond `Double`.
    public let relativeL2: Double?
  }

  /// The number of values in each tensor.
  public internal(set) var count = 0
  /// How many pairs differ by more than the tolerance.
  public internal(set) var differing = 0
  /// The largest |Δ| of all pairs; infinite where only one is infinite, they are opposite infinities or too far
  /// apart for a `Double`; NaN where only one is NaN and no other pair differs more definitely.
  public internal(set) var maximumAbsoluteDifference = 0.0
  /// Where that is; nil when all pairs are equal.
  public internal(set) var place: Place?
  /// ‖Δ‖ / ‖left‖ over the pairs in which both values are finite; infinite when only ‖left‖ is 0, 0 when both norms are.
  /// nil where a pair is a mismatch.
  public internal(set) var relativeL2: Double?
  /// Σ left · right / (‖left‖ ‖right‖), −1 to 1; nil where one of the norms is 0, or a pair is a mismatch.
  public internal(set) var cosine: Double?
  /// √(ΣΔ² / n); nil where a pair is a mismatch.
  public internal(set) var rmsDifference: Double?
  /// 10 · log₁₀(Σ left² / ΣΔ²), in decibels: infinite where nothing differs; nil where all values are 0, or a pair is a
  /// mismatch.
  public internal(set) var signalToNoise: Double?
  /// How many pairs hold a NaN or an infinity on one side and something else on the other.
  public internal(set) var nonFinite = 0
  /// How many pairs are positive on one side and negative on the other.
  public internal(set) var signFlips = 0
  /// How many pairs are not the same bits: 0 and −0 are not. nil when the types differ.
  public internal(set) var bitwiseDiffering: Int?
  /// The largest distance in units in the last place: how many representable numbers lie between the two values.
  /// nil for types that are not floating-point, when the types differ, or where a pair is a mismatch.
  public internal(set) var maximumUnitsInLastPlace: UInt64?
  /// The types to which the left values, rounded to nearest, are the right ones, exactly.
  public internal(set) var roundedTo: [DataType] = []
  /// The axis whose units are told apart; nil where none are: in scalars, integers, and tensors with more than 65,536
  /// units or 2³⁰ elements.
  public internal(set) var unitAxis: Int?
  /// The ten units of that axis that changed most, the most first.
  public internal(set) var changedUnits: [ChangedUnit] = []
  /// The singular values of Δ as a matrix, summed up; nil where Δ is none, or a pair is a mismatch, and where
  /// `spectrumObstacle` says why.
  public internal(set) var spectrum: DifferenceSpectrum?
  /// Why less is known of the singular values than could be; nil where nothing is missing.
  public internal(set) var spectrumObstacle: SpectrumObstacle?
}
