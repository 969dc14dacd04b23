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

  /// A tensor, by name, that stands in at least one of the models.
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
  /// All tensors of both models, in the order of the left one, those of only the right one behind.
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
  /// Compares two files. Weights are matched by tensor name and streamed: memory of one chunk of each file.
  ///
  /// - Parameter tolerance: how far values may lie apart and still count as the same.
  /// - Throws: any error of either file.
  public init(
    _ left: ModelReader, _ right: ModelReader, tolerance: Tolerance = .none
  ) throws(ModelFormatError) {
    topology = TopologyComparison.details(left.topology, right.topology)
    history = HistoryComparison.details(left.history, right.history)
    metadata = MetadataComparison.details(left.metadata, right.metadata)
    var rightTensors: [[UInt8]: TensorDescription] = [:]
    for tensor in right.tensors { rightTensors[Array(tensor.name.utf8)] = tensor }
    var tensors: [TensorDifference] = []
    for tensor in left.tensors {
      let other = rightTensors.removeValue(forKey: Array(tensor.name.utf8))
      var values: ValueDifference?
      if let other, other.shape == tensor.shape {
        values = try ModelDifference.compare(
          ElementStream(left, tensor), ElementStream(right, other), shape: tensor.shape,
          dataType: tensor.dataType == other.dataType ? tensor.dataType : nil, tolerance: tolerance)
      } else {
        try ModelDifference.verify(tensor, in: left)
        if let other { try ModelDifference.verify(other, in: right) }
      }
      tensors.append(TensorDifference(name: tensor.name, left: tensor, right: other, values: values))
    }
    for tensor in right.tensors where rightTensors[Array(tensor.name.utf8)] != nil {
      try ModelDifference.verify(tensor, in: right)
      tensors.append(TensorDifference(name: tensor.name, left: nil, right: tensor, values: nil))
    }
    self.tensors = tensors
    _ = try left.unknownSections()
    _ = try right.unknownSections()
  }

  private static func compare(
    _ left: ElementStream, _ right: ElementStream, shape: [Int], dataType: DataType?, tolerance: Tolerance
  ) throws(ModelFormatError) -> ValueDifference {
    var comparison = ValueComparison(tolerance: tolerance, dataType: dataType)
    switch dataType {
    case .int64, .uint64:
      try forEachPair(left, right) { (left: UnsafeBufferPointer<UInt64>, right) in
        comparison.include(left, right, isSigned: dataType == .int64)
      }
    default:
      try forEachPair(left, right) { (left: UnsafeBufferPointer<Double>, right) in
        comparison.include(left, right)
      }
    }
    return comparison.difference(shape: shape)
  }

  private static func forEachPair<Element: StreamedElement>(
    _ left: ElementStream, _ right: ElementStream,
    _ body: (UnsafeBufferPointer<Element>, UnsafeBufferPointer<Element>) -> Void
  ) throws(ModelFormatError) {
    var (left, right) = (left, right)
    let blocks = UnsafeMutableBufferPointer<Element>.allocate(capacity: 2 * blockSize)
    defer { blocks.deallocate() }
    let first = UnsafeMutableBufferPointer(rebasing: blocks[..<blockSize])
    let second = UnsafeMutableBufferPointer(rebasing: blocks[blockSize...])
    while true {
      let count = try left.next(into: first)
      _ = try right.next(into: second)
      if count == 0 { return }
      body(UnsafeBufferPointer(rebasing: first[..<count]), UnsafeBufferPointer(rebasing: second[..<count]))
    }
  }

  /// Reads a tensor that has no counterpart: damage is an error even where there is nothing to compare.
  private static func verify(_ tensor: TensorDescription, in reader: ModelReader) throws(ModelFormatError) {
    var stream = try ElementStream(reader, tensor)
    let block = UnsafeMutableBufferPointer<Double>.allocate(capacity: blockSize)
    defer { block.deallocate() }
    while try stream.next(into: block) > 0 {}
  }
}
