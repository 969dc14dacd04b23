/// The assignment problem: each row of a square matrix of costs gets a column of its own, for the least sum.
public enum LinearAssignment {
  /// The greatest magnitude of a cost: sums of costs have to be finite too.
  public static let greatestCost = 1e300

  /// The column of each row in an optimal assignment.
  ///
  /// Row after row joins along a shortest path of reduced costs (R. Jonker and A. Volgenant, "A shortest augmenting path
  /// algorithm for dense and sparse linear assignment problems", 1987; D. F. Crouse, "On implementing 2D rectangular
  /// assignment algorithms", 2016). Time: O(n³), O(n²) where a row's least cost mostly is in a column of its own. Memory:
  /// O(n) besides the costs. Of equal assignments it is always the same one that is found.
  ///
  /// - Parameters:
  ///   - costs: n × n numbers, row by row.
  ///   - count: n.
  /// - Returns: nil if there are not n × n costs, or one is not a number of at most `greatestCost` in magnitude.
  public static func columns(_ costs: [Double], count: Int) -> [Int]? {
    let (size, overflow) = count.multipliedReportingOverflow(by: count)
    guard count >= 0, !overflow, costs.count == size, costs.allSatisfy({ $0.magnitude <= greatestCost })
    else { return nil }
    var search = AssignmentSearch(count: count)
    unsafe costs.withUnsafeBufferPointer { costs in
      for row in 0..<count { unsafe search.assign(row, costs) }
    }
    return search.columnOfRow
  }
}

/// The assignment of the rows so far, and the prices that prove that it is optimal.
private struct AssignmentSearch {
  let count: Int
  var columnOfRow: [Int]
  private var rowOfColumn: [Int]
  private var rowPrices: [Double]
  private var columnPrices: [Double]
  /// For each column the length of the shortest path to it, and the row that it comes from.
  private var lengths: [Double]
  private var origins: [Int]
  /// The columns that the search has not reached; `open` of them.
  private var columns: [Int]
  private var open = 0

  init(count: Int) {
    self.count = count
    columnOfRow = Array(repeating: -1, count: count)
    rowOfColumn = columnOfRow
    origins = columnOfRow
    columns = columnOfRow
    rowPrices = Array(repeating: 0, count: count)
    columnPrices = rowPrices
    lengths = rowPrices
  }

  /// Finds a column for one more row; others may change theirs.
  mutating func assign(_ newRow: Int, _ costs: UnsafeBufferPointer<Double>) {
    for index in 0..<count {
      columns[index] = index
      lengths[index] = .infinity
    }
    open = count
    var (row, length) = (newRow, 0.0)
    var end: Int?
    while end == nil {
      let column = unsafe nearest(from: row, length, costs)
      length = lengths[column]
      if rowOfColumn[column] < 0 { end = column } else { row = rowOfColumn[column] }
    }
    raisePrices(newRow, length)
    if let end { turnPath(to: end, newRow) }
  }

  /// Takes the paths that go on from a row into account, and the nearest of the open columns out of them: of equally near
  /// ones one that is free.
  private mutating func nearest(from row: Int, _ length: Double, _ costs: UnsafeBufferPointer<Double>) -> Int {
    var (least, place, isFree) = (Double.infinity, 0, false)
    let base = length - rowPrices[row]
    let start = row * count
    for index in 0..<open {
      let column = columns[index]
      let candidate = unsafe base + costs[start + column] - columnPrices[column]
      if candidate < lengths[column] {
        lengths[column] = candidate
        origins[column] = row
      }
      if lengths[column] < least || (lengths[column] == least && !isFree && rowOfColumn[column] < 0) {
        (least, place, isFree) = (lengths[column], index, rowOfColumn[column] < 0)
      }
    }
    let column = columns[place]
    open -= 1
    columns.swapAt(place, open)
    return column
  }

  /// Keeps all reduced costs at 0 or above, and those of assigned pairs at 0.
  private mutating func raisePrices(_ newRow: Int, _ length: Double) {
    rowPrices[newRow] += length
    for column in columns[open...] {
      let row = rowOfColumn[column]
      if row >= 0 { rowPrices[row] += length - lengths[column] }
      columnPrices[column] -= length - lengths[column]
    }
  }

  /// Gives each row on the path to a free column the column that follows it.
  private mutating func turnPath(to end: Int, _ newRow: Int) {
    var column = end
    while true {
      let row = origins[column]
      rowOfColumn[column] = row
      (column, columnOfRow[row]) = (columnOfRow[row], column)
      if row == newRow { return }
    }
  }
}
