/// Bounds of the values between two layers, for all inputs of a network at once: interval arithmetic (R. E. Moore,
/// "Interval Analysis", 1966).
///
/// Neighbouring values that have the same bounds share them: those of an input, and the positions of a channel.
struct ValueRanges: Equatable {
  /// The lower bound of each group, perhaps −∞.
  private(set) var lower: [Double]
  /// The upper bound of each group, perhaps ∞; not below the lower one.
  private(set) var upper: [Double]
  /// The values of a group, one after another.
  let positions: Int

  /// The same bounds for all of `count` values.
  init(_ range: ClosedRange<Double>, count: Int) {
    (lower, upper, positions) = ([range.lowerBound], [range.upperBound], count)
  }

  /// Bounds for each group. Where they are none, as after operations with NaN, the group may have any value.
  init(lower: [Double], upper: [Double], positions: Int) {
    (self.lower, self.upper, self.positions) = (lower, upper, positions)
    for index in lower.indices where !(lower[index] <= upper[index]) {
      (self.lower[index], self.upper[index]) = (-.infinity, .infinity)
    }
  }

  /// The number of groups.
  var groups: Int { lower.count }
  /// The number of values.
  var count: Int { groups * positions }

  /// The bounds of the values, cut into equal groups of another size: where old groups end within a new one, it gets
  /// bounds that hold for all its values. O(values) at most.
  func grouped(into groups: Int) -> ValueRanges {
    guard groups != self.groups, groups > 0 else { return self }
    let size = count / groups
    var (low, high) = ([Double](repeating: .infinity, count: groups), [Double](repeating: -.infinity, count: groups))
    for group in 0..<groups {
      let (first, last) = (group * size / positions, ((group + 1) * size - 1) / positions)
      for old in first...max(first, last) {
        low[group] = min(low[group], lower[old])
        high[group] = max(high[group], upper[old])
      }
    }
    return ValueRanges(lower: low, upper: high, positions: size)
  }

  /// The bounds after a function of single ranges.
  func map(_ function: (ClosedRange<Double>) -> (lower: Double, upper: Double)) -> ValueRanges {
    let ends = zip(lower, upper).map { function($0...$1) }
    return ValueRanges(lower: ends.map(\.lower), upper: ends.map(\.upper), positions: positions)
  }
}
