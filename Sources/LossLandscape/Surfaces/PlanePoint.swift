/// A place in a plane.
public struct PlanePoint: Sendable, Equatable {
  /// The coordinate along the first axis.
  public var x: Double
  /// The coordinate along the second axis.
  public var y: Double

  /// The place with these coordinates.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}
