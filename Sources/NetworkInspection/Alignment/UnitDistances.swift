import Threads

/// Squared distances between the units of two networks.
struct UnitDistances {
  /// The number of units of each network.
  let count: Int
  /// The distance of unit i on the left and unit j on the right, at i · count + j.
  private(set) var values: [Double]

  init(count: Int) {
    self.count = count
    values = Array(repeating: 0, count: count * count)
  }

  /// The distance under an assignment, summed over the units in their order.
  func sum(_ columns: [Int]) -> Double {
    columns.enumerated().reduce(0) { $0 + values[$1.offset * count + $1.element] }
  }

  /// Adds weight · ‖left unit − right unit‖² for each pair. Time: O(count · values).
  ///
  /// Differences are squared one by one, rather than found from norms and a product of matrices: those of units that are
  /// nearly equal would be lost in rounding.
  ///
  /// - Parameters:
  ///   - left: As many values for each unit as on the other side, unit after unit.
  ///   - pool: Who shares the units.
  mutating func add(_ left: [Float], _ right: [Float], weight: Double, pool: WorkerPool) {
    let (count, width) = (count, left.count / max(count, 1))
    unsafe values.withUnsafeMutableBufferPointer { buffer in
      // Each worker writes rows of its own.
      let rows = unsafe SharedRows(buffer)
      unsafe left.withUnsafeBufferPointer { left in
        unsafe right.withUnsafeBufferPointer { right in
          pool.run { worker in
            let own = Shares.even(worker, of: count, parts: pool.count)
            for start in stride(from: own.lowerBound, to: own.upperBound, by: 8) {
              for column in 0..<count {
                let other = unsafe UnsafeBufferPointer(rebasing: right[column * width..<(column + 1) * width])
                for row in start..<min(start + 8, own.upperBound) {
                  let one = unsafe UnsafeBufferPointer(rebasing: left[row * width..<(row + 1) * width])
                  unsafe rows.buffer[row * count + column] += weight * SquaredDistance.between(one, other)
                }
              }
            }
          }
        }
      }
    }
  }

  @safe
  private struct SharedRows: @unchecked Sendable {
    let buffer: UnsafeMutableBufferPointer<Double>

    init(_ buffer: UnsafeMutableBufferPointer<Double>) { unsafe self.buffer = unsafe buffer }
  }
}
