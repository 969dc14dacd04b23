extension Histogram {
  /// How many values fall into equal bins over another range, if those of a bin are spread evenly over it. Bins without a
  /// width, which hold equal values, go into one bin whole. O(bins).
  ///
  /// - Parameters:
  ///   - range: what the bins cover; values outside are left out.
  ///   - count: how many bins there are, at least 1.
  public func rebinned(over range: ClosedRange<Double>, count: Int) -> [Double] {
    let count = max(count, 1)
    var result = [Double](repeating: 0, count: count)
    let length = range.upperBound - range.lowerBound
    guard length > 0, length.isFinite else { return result }
    func position(_ value: Double) -> Double {
      min(max((value - range.lowerBound) / length * Double(count), 0), Double(count))
    }
    for (bin, values) in counts.enumerated() where values > 0 && bin + 1 < edges.count {
      let (low, high) = (edges[bin], edges[bin + 1])
      guard high >= range.lowerBound, low <= range.upperBound else { continue }
      let (from, to) = (position(low), position(high))
      guard to - from > 1e-9 else {
        result[min(Int(from), count - 1)] += Double(values)
        continue
      }
      // What lies outside of the range is not counted.
      let width = (high - low) / length * Double(count)
      for target in Int(from)..<min(Int(to.rounded(.up)), count) {
        let overlap = min(to, Double(target + 1)) - max(from, Double(target))
        result[target] += Double(values) * overlap / width
      }
    }
    return result
  }
}
