/// What a grid of values tells of the surface that it samples.
///
/// Everything here is about the two dimensions of the grid alone: a minimum of a slice through the weights of a network
/// may be a saddle point in others.
public struct SurfaceAnalysis: Sendable, Equatable {
  /// A place without slope.
  public struct StationaryPoint: Sendable, Equatable {
    /// What the curvature along both principal directions makes of it.
    public enum Kind: String, Sendable {
      /// Curved upwards along both.
      case minimum
      /// Curved downwards along both.
      case maximum
      /// Upwards along one, downwards along the other.
      case saddle
    }

    /// What it is.
    public let kind: Kind
    /// Where it is.
    public let point: PlanePoint
    /// The value there, of the parabola through the points of the grid around it.
    public let value: Double
  }

  /// The least finite value and where it is; nil if no value is finite.
  public let minimum: (point: PlanePoint, value: Double)?
  /// The value in the middle of the grid.
  public let center: Double
  /// Whether the middle is lower than its eight neighbours.
  public let centerIsLocalMinimum: Bool
  /// Where the surface has no slope inside the grid, from left to right in each row, rows upwards.
  public let stationaryPoints: [StationaryPoint]
  /// The share of the area in which the slope is less than 1 % of its greatest value; nil if no cell has finite
  /// corners.
  public let plateauShare: Double?

  /// Looks at a grid with equal steps.
  ///
  /// - Complexity: O(number of points).
  public init(_ grid: LossGrid) {
    let finite = grid.values.indices.filter { grid.values[$0].isFinite }
    minimum = finite.min { grid.values[$0] < grid.values[$1] }.map { index in
      let (row, column) = index.quotientAndRemainder(dividingBy: grid.x.count)
      return (PlanePoint(x: grid.x[column], y: grid.y[row]), grid.values[index])
    }
    let (middleColumn, middleRow) = (grid.x.count / 2, grid.y.count / 2)
    let middle = grid[middleColumn, middleRow]
    center = middle
    centerIsLocalMinimum = LocalQuadratic.offsets.allSatisfy { column, row in
      (column == 0 && row == 0) || middle < grid[middleColumn + column, middleRow + row]
    }
    stationaryPoints = Self.findStationaryPoints(grid)
    plateauShare = Self.findPlateaus(grid)
  }

  /// Those of the stationary points that are neither minima nor maxima.
  public var saddlePoints: [StationaryPoint] { stationaryPoints.filter { $0.kind == .saddle } }

  /// Finds the points of the grid with a stationary point nearer than half a step in both directions: where the
  /// step of Newton's method −H⁻¹g is that short.
  ///
  /// Curvature that rounding could have made, or that changes the value by less than a thousandth of the range over the
  /// whole grid, counts as none.
  private static func findStationaryPoints(_ grid: LossGrid) -> [StationaryPoint] {
    guard let range = grid.finiteRange else { return [] }
    let steps = Double(max(grid.x.count, grid.y.count) - 1)
    let rounding = 8 * Double(Float.ulpOfOne) * max(range.lowerBound.magnitude, range.upperBound.magnitude)
    let least = max(rounding, 1e-3 * (range.upperBound - range.lowerBound) / (steps * steps))
    var found: [(place: PlanePoint, point: StationaryPoint)] = []
    for row in 1..<grid.y.count - 1 {
      for column in 1..<grid.x.count - 1 {
        guard let quadratic = LocalQuadratic(grid, column, row),
          let stationary = quadratic.stationaryPoint(leastCurvature: least)
        else { continue }
        // In grid steps. A point half-way between two of the grid would be found from both.
        let place = PlanePoint(x: Double(column) + stationary.x, y: Double(row) + stationary.y)
        if found.contains(where: { max(($0.place.x - place.x).magnitude, ($0.place.y - place.y).magnitude) < 1 }) {
          continue
        }
        let point = PlanePoint(
          x: grid.x[column] + stationary.x * (grid.x[column + 1] - grid.x[column]),
          y: grid.y[row] + stationary.y * (grid.y[row + 1] - grid.y[row]))
        found.append((place, StationaryPoint(kind: stationary.kind, point: point, value: stationary.value)))
      }
    }
    return found.map(\.point)
  }

  /// The slope in the middle of a cell is that of the bilinear function through its corners.
  private static func findPlateaus(_ grid: LossGrid) -> Double? {
    var slopes: [Double] = []
    for row in 0..<grid.y.count - 1 {
      for column in 0..<grid.x.count - 1 {
        let (a, b) = (grid[column, row], grid[column + 1, row])
        let (c, d) = (grid[column, row + 1], grid[column + 1, row + 1])
        let x = (b - a + d - c) / (2 * (grid.x[column + 1] - grid.x[column]))
        let y = (c - a + d - b) / (2 * (grid.y[row + 1] - grid.y[row]))
        let slope = (x * x + y * y).squareRoot()
        if slope.isFinite { slopes.append(slope) }
      }
    }
    guard let greatest = slopes.max() else { return nil }
    // A surface without any slope is a plateau everywhere.
    return Double(slopes.count { $0 < 0.01 * greatest || greatest == 0 }) / Double(slopes.count)
  }

  /// Whether all findings are equal.
  public static func == (left: Self, right: Self) -> Bool {
    left.minimum?.point == right.minimum?.point && left.minimum?.value == right.minimum?.value
      && left.center == right.center && left.centerIsLocalMinimum == right.centerIsLocalMinimum
      && left.stationaryPoints == right.stationaryPoints && left.plateauShare == right.plateauShare
  }
}

/// Value, slope g and curvature H at a point of a grid by central differences, in steps of the grid.
private struct LocalQuadratic {
  static let offsets = (-1...1).flatMap { row in (-1...1).map { (column: $0, row: row) } }

  private let value: Double
  private let gradient: (x: Double, y: Double)
  private let hessian: (xx: Double, xy: Double, yy: Double)

  /// Nil if a value around the point is not finite.
  init?(_ grid: LossGrid, _ column: Int, _ row: Int) {
    func at(_ right: Int, _ up: Int) -> Double { grid[column + right, row + up] }
    guard Self.offsets.allSatisfy({ at($0.column, $0.row).isFinite }) else { return nil }
    value = at(0, 0)
    gradient = ((at(1, 0) - at(-1, 0)) / 2, (at(0, 1) - at(0, -1)) / 2)
    hessian = (
      at(1, 0) - 2 * at(0, 0) + at(-1, 0), (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / 4,
      at(0, 1) - 2 * at(0, 0) + at(0, -1)
    )
  }

  /// Where the slope is 0, if that is within half a step and both eigenvalues of H have the magnitude.
  func stationaryPoint(
    leastCurvature: Double
  ) -> (x: Double, y: Double, value: Double, kind: SurfaceAnalysis.StationaryPoint.Kind)? {
    let (xx, xy, yy) = hessian
    let mean = (xx + yy) / 2
    let spread = ((xx - yy) / 2 * (xx - yy) / 2 + xy * xy).squareRoot()
    let (greater, less) = (mean + spread, mean - spread)
    guard min(greater.magnitude, less.magnitude) > leastCurvature else { return nil }
    let determinant = xx * yy - xy * xy
    let x = (xy * gradient.y - yy * gradient.x) / determinant
    let y = (xy * gradient.x - xx * gradient.y) / determinant
    guard x.magnitude <= 0.5, y.magnitude <= 0.5 else { return nil }
    return (
      x, y, value + (gradient.x * x + gradient.y * y) / 2, less > 0 ? .minimum : greater < 0 ? .maximum : .saddle
    )
  }
}
