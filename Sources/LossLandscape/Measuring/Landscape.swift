package import NeuralNetwork

/// A surface over a square around (0, 0), what it tells, and a path over it.
public struct Landscape: Sendable {
  /// A place on a path.
  public struct Station: Sendable, Equatable {
    /// The place in the plane that is nearest to it.
    public let point: PlanePoint
    /// The value there; of a network the loss of itself, which may lie off the plane.
    public let loss: Double
  }

  /// The values.
  public let grid: LossGrid
  /// What they tell.
  public let analysis: SurfaceAnalysis
  /// First to last.
  public let path: [Station]

  init(grid: LossGrid, path: [Station]) {
    self.grid = grid
    self.path = path
    analysis = SurfaceAnalysis(grid)
  }

  /// A surface of the textbooks, with the path of a gradient descent over it.
  ///
  /// - Throws: `NetworkError` for fewer than three points along a side.
  package init(_ surface: TextbookSurface, halfWidth: Double, count: Int) throws(NetworkError) {
    self.init(
      grid: try surface.grid(halfWidth: halfWidth, count: count),
      path: surface.path.map { point in
        Station(point: PlanePoint(x: point.position[0], y: point.position[1]), loss: point.value)
      })
  }

  /// Half of a side of the square.
  public var halfWidth: Double { grid.x.last ?? 1 }
}
