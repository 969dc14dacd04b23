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
