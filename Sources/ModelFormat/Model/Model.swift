/// A network as it is stored: topology, weights, training history and metadata.
///
/// Invariant: no two tensors have the same name.
public struct Model: Equatable, Sendable {
  /// Topology, history and metadata.
  package var parts: ModelParts
  /// The tensors, in the order in which they are stored.
  public var tensors: [Tensor] { list.tensors }
  /// What is needed to resume training; nil when training is over.
  public var trainingState: TrainingState?
  /// Sections of a newer minor version or of another program that may be carried along unread, all of them.
  package var unknownSections: [UnknownSection] = []

  let list: TensorList

  /// A model from its parts.
  ///
  /// - Throws: `duplicateTensor` when two tensors have the same name.
  public init(
    topology: Topology?, tensors: [Tensor], history: TrainingHistory = .empty, metadata: Attributes = [:],
    trainingState: TrainingState? = nil
  ) throws(ModelFormatError) {
    try self.init(
      ModelParts(topology: topology, history: history, metadata: metadata), tensors: tensors,
      trainingState: trainingState)
  }

  init(_ parts: ModelParts, tensors: [Tensor], trainingState: TrainingState?) throws(ModelFormatError) {
    list = try TensorList(tensors)
    self.parts = parts
    self.trainingState = trainingState
  }

  /// The tensor of that name; nil when there is none. O(1).
  public func tensor(named name: String) -> Tensor? { list[name] }
}

extension Model {
  /// The structure of the network; nil for a bare collection of tensors.
  public var topology: Topology? {
    get { parts.topology }
    set { parts.topology = newValue }
  }

  /// What was measured during training.
  public var history: TrainingHistory {
    get { parts.history }
    set { parts.history = newValue }
  }

  /// Free key–value pairs: how it was trained, on what, by whom.
  public var metadata: Attributes {
    get { parts.metadata }
    set { parts.metadata = newValue }
  }
}
