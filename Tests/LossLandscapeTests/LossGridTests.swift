import Testing

@testable import LossLandscape

/// Finer grids for drawings.
struct LossGridTests {
  @Test func refiningKeepsValuesAndIsExactForParabolas() throws {
    let axis = LossGrid.axis(halfWidth: 2, count: 9)
    func value(_ x: Double, _ y: Double) -> Double { 1 + x - 2 * y + x * x + 3 * x * y - y * y }
    let grid = try LossGrid(x: axis, y: axis, values: LossGrid.points(x: axis, y: axis).map { value($0.x, $0.y) })
    let fine = grid.refined(by: 4)
    #expect(fine.x.count == 33 && fine.y == fine.x && fine.values.count == 33 * 33)
    #expect(fine.x.first == -2 && fine.x.last == 2)
    for row in 0..<9 {
      for column in 0..<9 { #expect(fine[4 * column, 4 * row] == grid[column, row]) }
    }
    // All but the cells at the border have neighbours on all sides.
    for row in 4...28 {
      for column in 4...28 { #expect(abs(fine[column, row] - value(fine.x[column], fine.y[row])) < 1e-12) }
    }
    #expect(grid.refined(by: 1) == grid)
  }

  @Test func valuesThatAreNotFiniteSpoilTheirCellsOnly() throws {
    let axis: [Double] = [0, 1, 2, 3, 4, 5]
    for bad in [Double.nan, .infinity] {
      var values = [Double](repeating: 3, count: 36)
      values[2 * 6 + 2] = bad
      let fine = try LossGrid(x: axis, y: axis, values: values).refined(by: 2)
      for row in 0..<11 {
        for column in 0..<11 {
          let isNear = abs(row - 4) < 2 && abs(column - 4) < 2
          #expect(isNear ? !fine[column, row].isFinite : fine[column, row] == 3)
        }
      }
    }
  }
}
