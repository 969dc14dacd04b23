public import ModelFormat

/// How two models differ. The first one is "left", the second "right".
public struct ModelDifference: Equatable, Sendable {
  /// A named detail that differs; nil on a side that lacks it.
  public struct Detail: Equatable, Sendable {
    /// What differs, such as `layers[2].kind`.
    public let name: String
    /// The value on the left, as text.
    public let left: String?
    /// The value on the right, as text.
    public let right: String?
  }

  /// A tensor, by name, that is in at least one of the models.
  public struct TensorDifference: Equatable, Sendable {
    /// The name.
    public let name: String
    /// What it is on the left; nil when it is missing there.
    public let left: TensorDescription?
    /// What it is on the right; nil when it is missing there.
    public let right: TensorDescription?
    /// How the values differ; nil unless both sides have the same shape.
    public let values: ValueDifference?

    /// Whether types and shapes are equal and no value differs by more than the tolerance.
    public var isSame: Bool { left == right && values?.differing == 0 }
  }

  /// Differences of structure.
  public let topology: [Detail]
  /// All tensors of both models, in the order of the left one, those of only the right one last.
  public let tensors: [TensorDifference]
  /// Columns of the history that differ. `seconds`, which no two runs share, is left out.
  public let history: [Detail]
  /// Metadata that differ.
  public let metadata: [Detail]

  /// Whether nothing differs by more than the tolerance.
  public var isSame: Bool {
    topology.isEmpty && history.isEmpty && metadata.isEmpty && tensors.allSatisfy(\.isSame)
  }
}

extension ModelDifference {
  /// Compares two models. Weights are matched by tensor name and streamed: memory of one piece of each per thread.
  ///
  /// - Parameters:
  ///   - tolerance: how far apart values may be and still count as the same.
  ///   - threads: how many threads share the work; nil for one per processor. The result is the same.
  /// - Throws: any error of either source.
  public init(
    _ left: any ModelSource, _ right: any ModelSource, tolerance: Tolerance = .none, threads: Int? = nil
  ) throws(ModelFormatError) {
    let (leftParts, rightParts) = (left.contents.parts, right.contents.parts)
    topology = TopologyComparison.details(leftParts.topology, rightParts.topology)
    history = HistoryComparison.details(leftParts.history, rightParts.history)
    metadata = MetadataComparison.details(leftParts.metadata, rightParts.metadata)
    tensors = try TensorComparison(left, right, tolerance: tolerance, threads: threads).differences()
    _ = try left.copyableSections()
    _ = try right.copyableSections()
  }
}
