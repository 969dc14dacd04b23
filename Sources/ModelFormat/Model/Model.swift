/// A network as it is kept: topology, weights, training history and metadata.
///
/// Invariant: no two tensors have the same name.
public struct Model: Equatable, Sendable {
  /// The structure of the network; nil for a bare collection of tensors.
  public var topology: Topology?
  /// The tensors, in the order in which they are stored.
  public var tensors: [Tensor] { list.tensors }
  /// What was measured during training.
  public var history: TrainingHistory
  /// Free key–value pairs: how it was trained, on what, by whom.
  public var metadata: Attributes
  /// What is needed to resume training; nil when training is over.
  public var trainingState: TrainingState?
  /// Sections of a newer minor version or of another program that may be carried along unread.
  package var unknownSections: [UnknownSection] = []

  private let list: TensorList

  /// A model from its parts.
  ///
  /// - Throws: `duplicateTensor` when two tensors have the same name.
  public init(
    topology: Topology?, tensors: [Tensor], history: TrainingHistory = .empty, metadata: Attributes = [:],
    trainingState: TrainingState? = nil
  ) throws(ModelFormatError) {
    list = try TensorList(tensors)
    self.topology = topology
    self.history = history
    self.metadata = metadata
    self.trainingState = trainingState
  }

  /// The tensor of that name; nil when there is none. O(1).
  public func tensor(named name: String) -> Tensor? { list[name] }
}

/// A section that this version does not know, but may copy.
package struct UnknownSection: Equatable, Sendable {
  package let type: SectionType
  package let payload: [UInt8]
}
