/// Why the network of a model cannot be built.
public struct NetworkStorageError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Code: String, Sendable {
    /// The model holds tensors, but no topology.
    case noTopology
    /// A layer is of a kind that this core does not have.
    case unknownLayer
    /// A layer's attributes, shapes or tensors contradict one another.
    case inconsistentLayer
    /// A file that was taken for a bare state dict holds a topology or a training state.
    case notAStateDict
  }

  /// What kind of failure it is.
  public let code: Code
  /// The layer, or what else it concerns.
  public let place: String
  /// What should have been there.
  public let expected: String
  /// What was there.
  public let found: String

  /// One line: place, expected, found.
  public var description: String { "\(place): expected \(expected), found \(found)" }
}
