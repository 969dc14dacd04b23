/// A surface over a square around (0, 0), cut at levels, as a picture needs it.
package struct ContourSurface: Sendable {
  /// Half of a side of the square.
  let halfWidth: Double
  package let levels: ContourLevels
  /// For each level the borders of what lies above it: closed loops, filled by the even-odd rule.
  let regions: [[[DrawingPoint]]]
  /// For each level the lines of that value.
  let lines: [[ContourLine]]
  /// The values on a square grid, row by row upwards, each row from left to right, for the reading under the pointer.
  let values: [Double]

  /// - Parameters: see the properties; places are those of the plane.
  package init(
    halfWidth: Double, levels: ContourLevels, regions: [[[DrawingPoint]]], lines: [[ContourLine]], values: [Double]
  ) {
    self.halfWidth = halfWidth
    self.levels = levels
    self.regions = regions
    self.lines = lines
    self.values = values
  }

  /// The points along a side of the grid of values.
  var count: Int { Int(Double(values.count).squareRoot().rounded()) }
}
