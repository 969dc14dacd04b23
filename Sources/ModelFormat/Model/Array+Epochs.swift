// Places and ends of a column of the history, which may hold millions of values: found in one walk, without a copy.

extension [Double] {
  /// The place of the least value, the first of equal ones; NaN does not count. O(n), no memory.
  ///
  /// - Parameter isFinite: whether infinities do not count either.
  package func placeOfLeast(finite isFinite: Bool = false) -> Int? {
    var best: Int?
    for index in indices {
      let value = self[index]
      guard isFinite ? value.isFinite : !value.isNaN else { continue }
      if let known = best, value >= self[known] { continue }
      best = index
    }
    return best
  }

  /// The place of the greatest value, the first of equal ones; NaN does not count. O(n), no memory.
  package func placeOfGreatest() -> Int? {
    var best: Int?
    for index in indices {
      let value = self[index]
      guard !value.isNaN else { continue }
      if let known = best, value <= self[known] { continue }
      best = index
    }
    return best
  }

  /// The least and the greatest of the finite values; nil where there is none. O(n), no memory.
  package var finiteExtent: ClosedRange<Double>? {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in self where value.isFinite {
      low = Swift.min(low, value)
      high = Swift.max(high, value)
    }
    return low <= high ? low...high : nil
  }

  /// The first place at which two columns differ, as far as both reach: by bits, and NaN equals NaN. O(n), no memory.
  package func firstDifference(from other: [Double]) -> Int? {
    for index in 0..<Swift.min(count, other.count) {
      let (a, b) = (self[index], other[index])
      if a.bitPattern != b.bitPattern, !(a.isNaN && b.isNaN) { return index }
    }
    return nil
  }
}
