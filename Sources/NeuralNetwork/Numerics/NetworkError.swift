/// Why a network, a data set or a training run cannot be built or used.
///
/// The error carries its evidence: where the problem is, what was expected there and what was found.
public struct NetworkError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kind of the problem, for code that reacts to it.
  public enum Code: String, Sendable {
    /// A shape has no dimensions, or a dimension below 1.
    case invalidShape = "invalid-shape"
    /// A size exceeds what the matrix products or the limits of this module allow.
    case tooLarge = "too-large"
    /// Two counts that have to be equal differ.
    case countMismatch = "count-mismatch"
    /// A parameter of the network was not given.
    case missingParameter = "missing-parameter"
    /// A parameter was given that the network does not have.
    case unknownParameter = "unknown-parameter"
    /// A label lies outside `0..<classes`.
    case labelOutOfRange = "label-out-of-range"
    /// An index lies outside the data.
    case indexOutOfRange = "index-out-of-range"
    /// A number is not finite, or outside its legal range.
    case valueOutOfRange = "value-out-of-range"
    /// A mini-batch has fewer samples than a layer can be trained with.
    case batchTooSmall = "batch-too-small"
    /// Loss, output layer and targets do not fit one another.
    case lossMismatch = "loss-mismatch"
    /// The system refused to start a thread.
    case threadUnavailable = "thread-unavailable"
    /// The library for matrix products is not installed, or the system has no memory for it.
    case productsUnavailable = "products-unavailable"
  }

  /// The kind of the problem.
  public let code: Code
  /// Where the problem is: the layer, the argument or the row.
  public let place: String
  /// What was expected there.
  public let expected: String
  /// What was found there.
  public let found: String

  /// One sentence with all the evidence.
  public var description: String { "\(place): expected \(expected), found \(found)" }

  package init(_ code: Code, at place: String, expected: String, found: String) {
    self.code = code
    self.place = place
    self.expected = expected
    self.found = found
  }
}
