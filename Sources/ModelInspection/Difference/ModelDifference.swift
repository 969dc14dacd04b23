import BinaryIO
public import ModelFormat

/// How two models differ. The first one is "left", the second "right"; Δ is right − left.
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

  /// An entry of the metadata that differs; nil on a side that lacks it.
  public struct MetadataDifference: Equatable, Sendable {
    /// The name of the entry.
    public let name: String
    /// The value on the left.
    public let left: AttributeValue?
    /// The value on the right.
    public let right: AttributeValue?
  }

  /// How bytes that stand for no numbers differ.
  public struct EncodedDifference: Equatable, Sendable {
    /// How many bytes each side has.
    public let byteCount: Int
    /// How many of them differ.
    public let differing: Int
  }

  /// A tensor that is in at least one of the models.
  public struct TensorDifference: Equatable, Sendable {
    /// The name; that on the left where it has another one on the right.
    public let name: String
    /// What it is on the left; nil when it is missing there.
    public let left: TensorDescription?
    /// What it is on the right; nil when it is missing there.
    public let right: TensorDescription?
    /// How the values differ; nil unless both sides have the same shape.
    public let values: ValueDifference?
    /// How the stored bytes differ of two tensors of one shape and encoding that has no numbers; nil for all others.
    public let encoded: EncodedDifference?
    /// Whether the right one is a matrix that holds the values of the left one with rows and columns exchanged.
    ///
    /// Matrices of more than 4,194,304 values are not held against each other, and no more than four of that size.
    public let isTransposed: Bool
    /// How far apart values may be and still count as the same.
    public let tolerance: Tolerance

    /// Whether shapes are equal and no value differs by more than the tolerance. Types must be equal too, unless there is
    /// a tolerance: then values are compared as the numbers that they are.
    public var isSame: Bool {
      if let encoded { return encoded.differing == 0 }
      guard let left, let right, values?.differing == 0 else { return false }
      return left.hasType(of: right) || tolerance != .none
    }

    /// Whether types and shapes are equal, and no value differs at all.
    public var isExactlySame: Bool {
      if let encoded { return encoded.differing == 0 }
      guard let left, let right, left.hasType(of: right) else { return false }
      return values.map { $0.place == nil } ?? false
    }

    /// The name on the right where it is another one: its layer has another number there.
    public var otherName: String? {
      guard let left, let right, ByteName(left.name) != ByteName(right.name) else { return nil }
      return right.name
    }
  }

  /// Differences of structure.
  public let topology: [Detail]
  /// The layers of both models, paired as far as they correspond; empty unless both have a topology.
  public let layers: [LayerMatch]
  /// All tensors of both models, in the order of the left one, those of only the right one last.
  public let tensors: [TensorDifference]
  /// Columns of the history that differ. `seconds`, which no two runs share, is left out.
  public let history: [ColumnDifference]
  /// Metadata that differ.
  public let metadata: [MetadataDifference]
  /// Parts that are not compared, since one file is of a format that lacks them or may lack them.
  public let missing: [MissingPart]

  /// Whether nothing that is compared differs by more than the tolerance.
  public var isSame: Bool {
    topology.isEmpty && history.isEmpty && metadata.isEmpty && tensors.allSatisfy(\.isSame)
  }
}

extension ModelDifference {
  /// Compares two models. Weights are matched by tensor name, and where the numbers in names count the layers, as the layers
  /// are. They are streamed: memory of one piece of each per thread, and of one matrix of at most 16,777,216 values.
  ///
  /// - Parameters:
  ///   - tolerance: how far apart values may be and still count as the same.
  ///   - filter: the tensors to compare, and nothing else besides; nil for everything.
  ///   - epochs: which epoch the weights of each model are of.
  ///   - threads: how many threads share the work; nil for one per processor. The result is the same.
  /// - Throws: any error of either source.
  public init(
    _ left: any ModelSource, _ right: any ModelSource, tolerance: Tolerance = .none, filter: Glob? = nil,
    epochs: SavedEpochs = .last, threads: Int? = nil
  ) throws(ModelFormatError) {
    try self.init(left, right, tolerance: tolerance, filter: filter, epochs: epochs, threads: threads, budget: nil)
  }

  /// The same with other work on matrices than is usual.
  init(
    _ left: any ModelSource, _ right: any ModelSource, tolerance: Tolerance = .none, filter: Glob? = nil,
    epochs: SavedEpochs = .last, threads: Int?, budget: MatrixBudget?
  ) throws(ModelFormatError) {
    let isWhole = filter == nil
    missing = isWhole ? MissingPart.parts(left, right) : []
    let (leftParts, rightParts) = (
      isWhole ? MissingPart.compared(left.contents.parts, without: missing) : ModelParts(),
      isWhole ? MissingPart.compared(right.contents.parts, without: missing) : ModelParts()
    )
    topology = TopologyComparison.details(leftParts.topology, rightParts.topology)
    if let one = leftParts.topology, let other = rightParts.topology {
      layers = LayerAlignment(one.layers, other.layers).matches
    } else {
      layers = []
    }
    history = HistoryComparison.differences(leftParts.history, rightParts.history, epochs)
    metadata = MetadataComparison.differences(leftParts.metadata, rightParts.metadata)
    var comparison = try TensorComparison(left, right, tolerance: tolerance, filter: filter, threads: threads)
    if let budget { comparison.budget = budget }
    tensors = try comparison.differences()
    guard isWhole else { return }
    _ = try left.copyableSections()
    _ = try right.copyableSections()
  }
}
