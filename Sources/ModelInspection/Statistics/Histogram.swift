/// How many values fall between consecutive edges.
public struct Histogram: Equatable, Sendable {
  /// The number of bins when nothing else is asked for.
  public static let defaultBinCount = 32
  /// The largest number of bins.
  public static let maximumBinCount = 65_536

  /// The bounds of the bins, ascending; one more than there are counts.
  public let edges: [Double]
  /// How many values each bin holds. A bin contains its lower edge; the last one contains its upper edge too.
  public let counts: [Int]

  /// The same distribution in fewer bins, `factor` old ones to a new one; the last may hold fewer.
  public func merged(by factor: Int) -> Histogram {
    guard factor > 1 else { return self }
    let starts = stride(from: 0, to: counts.count, by: factor)
    return Histogram(
      edges: starts.map { edges[$0] } + edges.suffix(1),
      counts: starts.map { counts[$0..<min($0 + factor, counts.count)].reduce(0, +) })
  }
}

/// Counts values into bins of equal width, by the rules of NumPy's `histogram`: from the least to the greatest value,
/// and from half below to half above it when all values are equal. Where NumPy refuses a range that is too narrow for
/// distinct edges, some edges are equal and the bins between them empty.
struct HistogramCounter {
  private let edges: [Double]
  private var counts: [Int]
  private let first: Double
  /// Bins per half unit, an estimate.
  private let density: Double

  init(_ extent: Extent, bins: Int) {
    var (low, high) = (extent.minimum, extent.maximum)
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    edges = HistogramCounter.edges(from: low, to: high, bins: bins)
    counts = [Int](repeating: 0, count: bins)
    first = low
    let halfWidth = high / 2 - low / 2
    density = halfWidth > 0 ? Double(bins) / halfWidth : 0
  }

  /// low + i · (high − low) / bins, in the order of operations of NumPy's `linspace`.
  private static func edges(from low: Double, to high: Double, bins: Int) -> [Double] {
    let width = high - low
    let step = width / Double(bins)
    return (0...bins).map { index in
      if index == bins { return high }
      // The widest ranges are halved to keep them finite.
      if !width.isFinite { return 2 * (low / 2 + Double(index) * ((high / 2 - low / 2) / Double(bins))) }
      return low + (step > 0 ? Double(index) * step : Double(index) / Double(bins) * width)
    }
  }

  var histogram: Histogram { Histogram(edges: edges, counts: counts) }

  mutating func include(_ block: UnsafeBufferPointer<Double>) {
    let last = counts.count - 1
    edges.withUnsafeBufferPointer { edges in
      counts.withUnsafeMutableBufferPointer { counts in
        for value in block where value.magnitude <= .greatestFiniteMagnitude {
          let position = (value / 2 - first / 2) * density
          var bin = position < Double(last) ? Int(max(position, 0)) : last
          // The estimate may lie beside the bin; the edges themselves decide.
          while bin > 0, value < edges[bin] { bin -= 1 }
          while bin < last, value >= edges[bin + 1] { bin += 1 }
          counts[bin] += 1
        }
      }
    }
  }
}
