/// Extent and moments of values: what one walk in their order tells.
struct ValueSummary {
  private(set) var extent = Extent()
  private(set) var moments = Moments()

  /// Nothing yet.
  init() {}

  /// The summary of values as weights have them: finite, and with fourth powers that are finite too. nil for others.
  private init?(ordinary block: UnsafeBufferPointer<Double>, first: Double, leastNormal: Double) {
    extent = unsafe Extent(finite: block, first: first, leastNormal: leastNormal)
    guard let moments = unsafe Moments(ordinary: block, largestMagnitude: extent.largestMagnitude) else { return nil }
    self.moments = moments
  }

  /// The summary of any values.
  private init(any block: UnsafeBufferPointer<Double>, at start: Int, leastNormal: Double) {
    extent = unsafe Extent(block, at: start, leastNormal: leastNormal)
    if !extent.isEmpty { moments = unsafe Moments(any: block, largestMagnitude: extent.largestMagnitude) }
  }

  /// Takes in the summary of the values after these.
  mutating func merge(_ other: ValueSummary) {
    extent.merge(other.extent)
    moments.merge(other.moments)
  }

  /// Takes in a block, the first value of which is at `start`.
  ///
  /// - Parameter leastNormal: that of the type of the values.
  mutating func include(_ block: UnsafeBufferPointer<Double>, at start: Int, leastNormal: Double) {
    guard let first = unsafe block.first else { return }
    let summary =
      unsafe ValueSummary(ordinary: block, first: first, leastNormal: leastNormal)
      ?? ValueSummary(any: block, at: start, leastNormal: leastNormal)
    unsafe extent.merge(summary.extent, of: block, at: start)
    moments.merge(summary.moments)
  }

  /// Takes in whole blocks of one value, as if they were included one by one.
  mutating func include(_ value: Double, blockCount: Int, at start: Int, leastNormal: Double) {
    var block = ValueSummary()
    unsafe ElementBlocks.withBlock(of: value) { unsafe block.include($0, at: start, leastNormal: leastNormal) }
    for _ in 0..<blockCount { merge(block) }
  }
}
