/// Samples to learn from or to test with: inputs and what belongs to them.
public struct Dataset<Scalar: NetworkScalar>: Sendable, Equatable {
  /// What a network sees.
  public let inputs: DatasetInputs<Scalar>
  /// What it should give.
  public let targets: Targets<Scalar>

  /// Creates a data set after a check of each label.
  ///
  /// - Throws: `NetworkError` with the code `countMismatch` if inputs and targets differ in number,
  ///   `labelOutOfRange` with the first such sample, `valueOutOfRange` for a target that is not finite, or
  ///   `invalidShape`.
  public init(inputs: DatasetInputs<Scalar>, targets: Targets<Scalar>) throws(NetworkError) {
    guard inputs.count == targets.count else {
      throw NetworkError(
        .countMismatch, at: "data set", expected: "as many targets as inputs, \(inputs.count)",
        found: "\(targets.count)")
    }
    try targets.validate()
    self.init(uncheckedInputs: inputs, targets: targets)
  }

  /// The number of samples.
  public var count: Int { inputs.count }
  /// The number of values of one input.
  public var width: Int { inputs.width }

  /// A data set of the samples at `indices`, in that order; an index may occur more than once.
  ///
  /// - Throws: `NetworkError` with the code `indexOutOfRange`.
  public func subset(_ indices: [Int]) throws(NetworkError) -> Dataset {
    for (position, index) in indices.enumerated() where index < 0 || index >= count {
      throw NetworkError(
        .indexOutOfRange, at: "index \(position) of a subset", expected: "a sample in 0..<\(count)",
        found: "\(index)")
    }
    return Dataset(uncheckedInputs: inputs.subset(indices), targets: targets.subset(indices))
  }

  private init(uncheckedInputs inputs: DatasetInputs<Scalar>, targets: Targets<Scalar>) {
    self.inputs = inputs
    self.targets = targets
  }
}
