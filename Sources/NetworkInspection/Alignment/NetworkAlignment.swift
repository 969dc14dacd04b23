/// The hidden units of one network matched with those of another.
public struct NetworkAlignment: Sendable, Equatable {
  /// A layer with values, and its units.
  public struct Layer: Sendable, Equatable {
    /// What it is called in the left network.
    public let name: String
    /// The number of its units; filters of a convolution.
    public let units: Int
    /// For each unit of the left network, the unit of the right one that does its work; nil for the last layer with
    /// weights, whose outputs have their places, and for layers whose units are those of another one.
    public let permutation: [Int]?
    /// How many units have another place.
    public let moved: Int
    /// ‖left − right‖ / ‖left‖ of the layer's tensors with the right one's units in the order of the left one's, running
    /// statistics included: infinite where only the left values are all 0; nil where a value is not finite and the bits
    /// differ.
    public let residual: Double?
  }

  /// Whether the right network is the left one, bit for bit, but for the order of its hidden units: all values were
  /// compared in the order that was found. Networks with the same order count too; then no unit has moved.
  public let isSameUpToPermutation: Bool
  /// The layers with values, first to last.
  public let layers: [Layer]

  /// Whether a unit has another place.
  public var movesUnits: Bool { layers.contains { $0.moved > 0 } }
}
