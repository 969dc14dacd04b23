import NeuralNetwork
import Testing

@testable import LossLandscape

/// Lines and regions of surfaces whose contours are known.
struct ContourLineTests {
  private func grid(_ count: Int, halfWidth: Double = 1, _ function: (Double, Double) -> Double) throws -> LossGrid {
    let axis = LossGrid.axis(halfWidth: halfWidth, count: count)
    return try LossGrid(x: axis, y: axis, values: LossGrid.points(x: axis, y: axis).map { function($0.x, $0.y) })
  }

  /// Half the sum of cross products: positive for a loop that runs counterclockwise.
  private func area(_ loop: [PlanePoint]) -> Double {
    zip(loop, loop.dropFirst() + loop.prefix(1)).reduce(0) { $0 + ($1.0.x * $1.1.y - $1.1.x * $1.0.y) / 2 }
  }

  @Test(arguments: [0.1, 0.3, 0.5, 0.9])
  func contoursOfABowlAreCircles(level: Double) throws {
    let count = 41
    let lines = ContourLines.lines(of: try grid(count) { $0 * $0 + $1 * $1 }, level: level)
    #expect(lines.count == 1)
    let line = try #require(lines.first)
    #expect(line.isClosed)
    // Linear interpolation of x² between points h apart is too great by at most h²/4, so a radius too small by
    // (h²/4) / 2r.
    let (radius, step) = (level.squareRoot(), 2 / Double(count - 1))
    for point in line.points {
      let distance = (point.x * point.x + point.y * point.y).squareRoot()
      #expect(distance <= radius + 1e-12 && distance >= radius - step * step / (8 * radius) - step * step * step * step)
    }
    // Greater values to the left: the bowl's lie outside, so the loop runs clockwise.
    #expect(abs(area(line.points) + .pi * level) < 0.02 * level + 0.01)
  }

  @Test func levelZeroOfASaddleIsItsAsymptotes() throws {
    // An even number of points: no crossing of the grid lies on the lines, except by the diagonals.
    for count in [40, 41] {
      let lines = ContourLines.lines(of: try grid(count) { $0 * $0 - $1 * $1 }, level: 0)
      let points = lines.flatMap(\.points)
      #expect(points.count >= 2 * (count - 1))
      for point in points { #expect(abs(abs(point.x) - abs(point.y)) < 1e-9) }
      for (x, y) in [(-1.0, -1.0), (-1, 1), (1, -1), (1, 1)] {
        #expect(points.contains { abs($0.x - x) < 1e-9 && abs($0.y - y) < 1e-9 })
      }
    }
  }

  @Test func otherLevelsOfASaddleAreHyperbolas() throws {
    for level in [-0.5, 0.5] {
      let lines = ContourLines.lines(of: try grid(41) { $0 * $0 - $1 * $1 }, level: level)
      #expect(lines.count == 2 && lines.allSatisfy { !$0.isClosed })
      for point in lines.flatMap(\.points) { #expect(abs(point.x * point.x - point.y * point.y - level) < 0.0013) }
      // Both ends are on the border.
      for end in lines.flatMap({ [$0.points.first, $0.points.last] }).compactMap(\.self) {
        #expect(max(abs(end.x), abs(end.y)) == 1)
      }
    }
  }

  @Test func aPlateauHasNoLines() throws {
    let grid = try TextbookSurface.plateau.grid(halfWidth: 1, count: 41)
    for level in [0.1, 0.5, 0.9] {
      let points = ContourLines.lines(of: grid, level: level).flatMap(\.points)
      #expect(!points.isEmpty)
      #expect(points.allSatisfy { ($0.x * $0.x + $0.y * $0.y).squareRoot() < 0.5 })
    }
    #expect(ContourLines.lines(of: grid, level: 1.5).isEmpty && ContourLines.lines(of: grid, level: -0.5).isEmpty)
  }

  /// Cells with two opposite corners above: the mean of the corners decides which two are joined.
  @Test(arguments: [0.4, 0.6]) func ambiguousCellsAreDecidedByTheirMean(level: Double) throws {
    let values: [Double] = [1, 0, 1, 0, 1, 0, 1, 0, 1]
    let grid = try LossGrid(x: [0, 1, 2], y: [0, 1, 2], values: values)
    let lines = ContourLines.lines(of: grid, level: level)
    // Below the mean of 0.5, corners above are joined and the four corners of value 0 are cut off; above it, the
    // five of value 1 are: the middle one by a closed line.
    #expect(lines.count == (level < 0.5 ? 4 : 5))
    #expect(lines.count { $0.isClosed } == (level < 0.5 ? 0 : 1))
  }

  @Test func regionsCoverWhatLiesAbove() throws {
    let bowl = try grid(81) { $0 * $0 + $1 * $1 }
    let loops = ContourLines.region(of: bowl, atLeast: 0.25)
    // The square runs counterclockwise, the hole clockwise.
    #expect(loops.count == 2)
    #expect(abs(loops.reduce(0) { $0 + area($1) } - (4 - .pi * 0.25)) < 0.002)
    #expect(ContourLines.region(of: bowl, atLeast: 3).isEmpty)
    let all = ContourLines.region(of: bowl, atLeast: -1)
    #expect(all.count == 1 && abs(area(all[0]) - 4) < 1e-12)
  }

  @Test func valuesThatAreNotFiniteHaveNoLinesAndLieAbove() throws {
    for value in [Double.nan, .infinity, -.infinity] {
      var values = [Double](repeating: 0, count: 25)
      values[12] = value
      let axis: [Double] = [0, 1, 2, 3, 4]
      let grid = try LossGrid(x: axis, y: axis, values: values)
      #expect(grid.nonFiniteCount == 1)
      for line in ContourLines.lines(of: grid, level: 1e-9) {
        #expect(line.points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
      }
      let loops = ContourLines.region(of: grid, atLeast: Double.leastNonzeroMagnitude)
      #expect(loops.count == 1 && loops.allSatisfy { $0.allSatisfy { $0.x.isFinite && $0.y.isFinite } })
    }
  }

  @Test func gridsNeedThreePointsAndAllValues() {
    #expect(throws: NetworkError.self) { try LossGrid(x: [0, 1], y: [0, 1, 2], values: [0, 1, 2, 3, 4, 5]) }
    #expect(throws: NetworkError.self) { try LossGrid(x: [0, 1, 2], y: [0, 1, 2], values: [0, 1, 2]) }
    #expect(LossGrid.axis(halfWidth: 0.7, count: 5) == [-0.7, -0.35, 0, 0.35, 0.7])
    #expect(LossGrid.axis(halfWidth: 0.3, count: 41)[20] == 0)
  }
}
