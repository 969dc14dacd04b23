/// What is needed to go on training exactly where it stopped, besides weights and history.
///
/// What the values mean is the business of the program that trains: this library only stores them.
///
/// Invariant: no two tensors have the same name. Names may equal those of the model's own tensors.
public struct TrainingState: Equatable, Sendable {
  /// Small values: the state of random generators, counters, the best metric so far.
  public var values: Attributes
  /// Large ones: the optimiser's moments, the order of the samples.
  public var tensors: [Tensor] { list.tensors }

  private let list: TensorList

  /// A training state from its parts.
  ///
  /// - Throws: `duplicateTensor` when two tensors have the same name.
  public init(values: Attributes, tensors: [Tensor] = []) throws(ModelFormatError) {
    list = try TensorList(tensors)
    self.values = values
  }

  /// The tensor of that name; nil when there is none. O(1).
  public func tensor(named name: String) -> Tensor? { list[name] }
}
