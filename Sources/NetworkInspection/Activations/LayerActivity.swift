import LayerKinds

/// What the values of a layer were like on some samples.
public struct LayerActivity: Sendable, Equatable {
  /// What the layer is called.
  public let name: String
  /// The kind of layer, as in "relu".
  public let kind: String
  /// The number of units: channels of [channels, height, width], values of other shapes.
  public let units: Int
  /// The mean of its finite outputs.
  public let mean: Double
  /// Their standard deviation, ÷ n.
  public let standardDeviation: Double
  /// The share of them that is 0.
  public let zeroFraction: Double
  /// How many outputs were not finite.
  public let nonFinite: Int
  /// Of rectifiers: the units whose input was above 0 on no sample; nil for other kinds.
  public let neverFired: [Int]?
  /// Of sigmoid and tanh: the units within 0.01 of an end of their range on at least 99 % of the samples; nil for other
  /// kinds.
  public let saturated: [Int]?
}

/// The sums behind `LayerActivity`.
struct LayerTally {
  private(set) var values: ValueTally
  private(set) var units: UnitTally?

  init(values: ValueTally, units: UnitTally?) {
    self.values = values
    self.units = units
  }

  mutating func merge(_ other: LayerTally) {
    values.merge(other.values)
    if let more = other.units { units?.merge(more) }
  }
}
