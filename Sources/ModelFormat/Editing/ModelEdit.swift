/// Changes to a model that leave the values of its tensors as they are.
///
/// All names are those before the changes, so two tensors can exchange their names.
public struct ModelEdit: Sendable {
  /// Another name for a tensor.
  public struct Renaming: Equatable, Sendable {
    /// The name of the tensor so far.
    public let old: String
    /// The name that it gets.
    public let new: String

    /// Another name for a tensor.
    public init(_ old: String, to new: String) { (self.old, self.new) = (old, new) }
  }

  /// Metadata that are added or replaced; of two with the same name the later one counts.
  public var setMetadata: [(name: String, value: AttributeValue)] = []
  /// The names of metadata that are taken out.
  public var removedMetadata: [String] = []
  /// Names of the classes, in the order of the outputs; empty to take out those that there are, nil to leave them.
  public var classNames: [String]?
  /// Tensors that get another name, in the topology too.
  public var renamings: [Renaming] = []
  /// The names of tensors that are taken out.
  public var droppedTensors: [String] = []
  /// Whether the training state is taken out.
  public var dropsTrainingState = false

  /// No change.
  public init() {}

  /// Whether tensors get another name, or are taken out.
  var changesTensors: Bool { !renamings.isEmpty || !droppedTensors.isEmpty }
}
