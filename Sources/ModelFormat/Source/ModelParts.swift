/// What a model holds besides tensors.
public struct ModelParts: Equatable, Sendable {
  /// The structure of the network; nil for a bare collection of tensors.
  public var topology: Topology?
  /// What was measured during training.
  public var history: TrainingHistory
  /// Free key–value pairs: how it was trained, on what, by whom.
  public var metadata: Attributes

  /// The parts of a model; those that are left out are empty.
  public init(topology: Topology? = nil, history: TrainingHistory = .empty, metadata: Attributes = [:]) {
    self.topology = topology
    self.history = history
    self.metadata = metadata
  }
}
