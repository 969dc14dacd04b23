/// The columns of a mini-batch that matter, as runs of neighbours.
@safe
final class ColumnRuns: @unchecked Sendable {
  /// Neighbouring columns, counted from the first one that is looked at.
  struct Run {
    var start: Int
    var count: Int
  }

  /// The columns that are looked at.
  let columns: Range<Int>
  /// How many runs there are.
  private(set) var count: Int
  /// How many columns they have together.
  private(set) var activeCount: Int
  private let runs: UnsafeMutablePointer<Run>
  private let union: UnsafeMutablePointer<UInt64>

  /// All columns as one run.
  init(allOf columns: Range<Int>) {
    self.columns = columns
    unsafe runs = .allocate(capacity: columns.count / 2 + 1)
    unsafe union = .allocate(capacity: columns.count / 64 + 1)
    unsafe runs[0] = Run(start: 0, count: columns.count)
    (count, activeCount) = (columns.isEmpty ? 0 : 1, columns.count)
  }

  deinit {
    unsafe runs.deallocate()
    unsafe union.deallocate()
  }

  subscript(_ index: Int) -> Run { unsafe runs[index] }

  /// Takes the columns that are not 0 in all of the rows at `indices`. O(rows · columns / 64).
  ///
  /// - Parameter masks: Masks of the same columns.
  func take(_ masks: ColumnMasks, _ indices: UnsafePointer<Int>, rows: Int) {
    unsafe masks.unite(indices, rows: rows, into: union)
    (count, activeCount) = (0, 0)
    var end = 0
    while let start = place(of: true, from: end) {
      end = place(of: false, from: start) ?? columns.count
      unsafe runs[count] = Run(start: start, count: end - start)
      count += 1
      activeCount += end - start
    }
  }

  /// The first column from `start` on that is active, or the first that is not.
  private func place(of isActive: Bool, from start: Int) -> Int? {
    var column = start
    while column < columns.count {
      let word = unsafe (isActive ? union[column / 64] : ~union[column / 64]) >> UInt64(column % 64)
      if word != 0 {
        column += word.trailingZeroBitCount
        return column < columns.count ? column : nil
      }
      column = (column / 64 + 1) * 64
    }
    return nil
  }
}
