public import ModelFormat

/// A layer of either model, or one of each that correspond.
public struct LayerMatch: Equatable, Sendable {
  /// A layer and where it is.
  public struct Side: Equatable, Sendable {
    /// Its place among the layers, from 0.
    public let index: Int
    /// What it is.
    public let layer: LayerDescription
  }

  /// What became of a layer.
  public enum Change: String, Sendable, CaseIterable {
    /// Both have it, with the same kind and the same attributes.
    case same
    /// Both have one of this kind, with other attributes.
    case changed
    /// Only the left model has it.
    case removed
    /// Only the right model has it.
    case added
  }

  /// What became of it.
  public let change: Change
  /// The layer on the left; nil where it was added.
  public let left: Side?
  /// The layer on the right; nil where it was removed.
  public let right: Side?
  /// Attributes that differ.
  public let attributes: [ModelDifference.Detail]
}
