/// Lines of equal value on a grid, by marching squares (Lorensen and Cline's method, 1987, in two dimensions).
///
/// A value changes linearly along the sides of a cell. A cell with two opposite corners above the level and two below
/// is decided by the mean of the four. O(number of cells) for each level.
package enum ContourLines {
  /// A line through the grid.
  package struct Line: Sendable, Equatable {
    /// At least two; of a closed line the first is not repeated at the end. Greater values lie to the left.
    package let points: [PlanePoint]
    package let isClosed: Bool

    package init(points: [PlanePoint], isClosed: Bool) {
      self.points = points
      self.isClosed = isClosed
    }
  }

  /// The lines on which the grid has the value `level`. Cells with a corner that is not finite have none.
  package static func lines(of grid: LossGrid, level: Double) -> [Line] {
    joined(segments(grid, level)) { point(onEdge: $0, grid, level) }
  }

  /// The borders of the part of the grid where values are at least `level`: closed loops, to be filled by the
  /// even-odd rule. Values that are not finite count as greater than all levels.
  package static func region(of grid: LossGrid, atLeast level: Double) -> [[PlanePoint]] {
    let framed = framed(grid)
    return joined(segments(framed, level)) { point(onEdge: $0, framed, level) }.map(\.points)
  }

  /// The grid in a frame of no width that lies below every level, so that each line comes back to its start.
  private static func framed(_ grid: LossGrid) -> LossGrid {
    let top = grid.finiteRange?.upperBound ?? 0
    func doubled(_ axis: [Double]) -> [Double] { axis.prefix(1) + axis + axis.suffix(1) }
    let (x, y) = (doubled(grid.x), doubled(grid.y))
    var values = [Double](repeating: -.infinity, count: x.count * y.count)
    for row in grid.y.indices {
      for column in grid.x.indices {
        let value = grid[column, row]
        values[(row + 1) * x.count + column + 1] = value.isFinite ? value : top.nextUp
      }
    }
    return LossGrid(uncheckedX: x, y: y, values: values)
  }

  /// From edge to edge, with greater values to the left. An edge begins at the point with its number divided by 2;
  /// even ones go right, odd ones up. Each begins one segment at most, and ends one.
  private static func segments(_ grid: LossGrid, _ level: Double) -> [Int: Int] {
    var segments: [Int: Int] = [:]
    let width = grid.x.count
    for row in 0..<grid.y.count - 1 {
      for column in 0..<width - 1 {
        let point = row * width + column
        // Counterclockwise from the lower left: corners, and the edges behind them.
        let corners = (
          grid.values[point], grid.values[point + 1], grid.values[point + width + 1], grid.values[point + width]
        )
        let edges = (2 * point, 2 * (point + 1) + 1, 2 * (point + width), 2 * point + 1)
        connect(corners, edges, level, &segments)
      }
    }
    return segments
  }

  private static func connect(
    _ corners: (Double, Double, Double, Double), _ edges: (Int, Int, Int, Int), _ level: Double,
    _ segments: inout [Int: Int]
  ) {
    let values = [corners.0, corners.1, corners.2, corners.3]
    guard !values.contains(where: { $0.isNaN || $0 == .infinity }) else { return }
    let above = values.map { $0 >= level }
    let edges = [edges.0, edges.1, edges.2, edges.3]
    // A segment begins where the way round the cell leads down through the level, and ends where it leads up.
    let down = (0..<4).filter { above[$0] && !above[($0 + 1) % 4] }
    let up = (0..<4).filter { !above[$0] && above[($0 + 1) % 4] }
    guard down.count == 2 else {
      if let start = down.first, let end = up.first { segments[edges[start]] = edges[end] }
      return
    }
    // With the middle above, each segment cuts off a corner below, which lies between a way down and the next way up.
    let middle = values.reduce(0) { $0 + $1 / 4 }
    for start in down { segments[edges[start]] = edges[(start + (middle >= level ? 1 : 3)) % 4] }
  }

  private static func point(onEdge edge: Int, _ grid: LossGrid, _ level: Double) -> PlanePoint {
    let (row, column) = (edge / 2).quotientAndRemainder(dividingBy: grid.x.count)
    let (nextColumn, nextRow) = edge.isMultiple(of: 2) ? (column + 1, row) : (column, row + 1)
    let (from, to) = (grid[column, row], grid[nextColumn, nextRow])
    let fraction = (level - from) / (to - from)
    // Both ends of an edge that leads into the frame are at one place.
    let part = fraction.isFinite ? fraction : 0
    return PlanePoint(
      x: grid.x[column] + part * (grid.x[nextColumn] - grid.x[column]),
      y: grid.y[row] + part * (grid.y[nextRow] - grid.y[row]))
  }

  /// Joins segments to lines: first those that begin at the border, then the closed ones.
  private static func joined(_ segments: [Int: Int], point: (Int) -> PlanePoint) -> [Line] {
    var rest = segments
    var lines: [Line] = []
    let ends = Set(segments.values)
    func follow(from start: Int) {
      var edges = [start]
      while let next = edges.last.flatMap({ rest.removeValue(forKey: $0) }) { edges.append(next) }
      let isClosed = edges.count > 1 && edges.last == start
      if isClosed { edges.removeLast() }
      lines.append(Line(points: edges.map(point), isClosed: isClosed))
    }
    let starts = segments.keys.sorted()
    for start in starts where !ends.contains(start) { follow(from: start) }
    for start in starts where rest[start] != nil { follow(from: start) }
    return lines
  }
}
