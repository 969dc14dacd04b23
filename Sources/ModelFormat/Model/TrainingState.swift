/// What is needed to go on training exactly where it stopped, beside weights and history.
///
/// What the values mean is the business of the program that trains: this library only keeps them.
///
/// Invariant: no two tensors have the same name. Names may equal those of the model's own tensors.
public struct TrainingState: Equatable, Sendable {
  /// Small values: the state of random generators, counters, the best metric so far.
  public var values: Attributes
  /// Large ones: the optimiser's moments, the order of the samples.
  public let tensors: [Tensor]

  /// A training state from its parts.
  ///
  /// - Throws: `duplicateTensor` when two tensors have the same name.
  public init(values: Attributes, tensors: [Tensor] = []) throws(ModelFormatError) {
    try Tensor.requireUniqueNames(tensors)
    self.values = values
    self.tensors = tensors
  }

  /// The tensor of that name; nil when there is none. O(number of tensors).
  public func tensor(named name: String) -> Tensor? {
    tensors.first { $0.name.utf8.elementsEqual(name.utf8) }
  }
}

extension Tensor {
  static func requireUniqueNames(_ tensors: [Tensor]) throws(ModelFormatError) {
    var names: Set<[UInt8]> = []
    for tensor in tensors where !names.insert(Array(tensor.name.utf8)).inserted {
      throw ModelFormatError(
        .duplicateTensor, tensor: tensor.name, expected: "each tensor name once", found: "the same name twice")
    }
  }
}
