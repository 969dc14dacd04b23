/// Extent and moments of values: everything but the histogram, whose edges depend on the extent.
struct ValueSummary {
  private(set) var extent = Extent()
  private(set) var moments = Moments()

  /// Nothing yet.
  init() {}

  /// The summary of values as weights have them: finite, and with squares that are finite too. nil for others.
  private init?(ordinary block: UnsafeBufferPointer<Double>, first: Double) {
    extent = unsafe Extent(finite: block, first: first)
    guard let moments = unsafe Moments(ordinary: block, largestMagnitude: extent.largestMagnitude) else { return nil }
    self.moments = moments
  }

  /// The summary of any values.
  private init(any block: UnsafeBufferPointer<Double>) {
    extent = unsafe Extent(block)
    if !extent.isEmpty { moments = unsafe Moments(any: block, largestMagnitude: extent.largestMagnitude) }
  }

  mutating func merge(_ other: ValueSummary) {
    extent.merge(other.extent)
    moments.merge(other.moments)
  }

  mutating func include(_ block: UnsafeBufferPointer<Double>) {
    guard let first = unsafe block.first else { return }
    unsafe merge(ValueSummary(ordinary: block, first: first) ?? ValueSummary(any: block))
  }

  /// Takes in whole blocks of one value, as if they were included one by one.
  mutating func include(_ value: Double, blockCount: Int) {
    var block = ValueSummary()
    unsafe ElementBlocks.withBlock(of: value) { unsafe block.include($0) }
    for _ in 0..<blockCount { merge(block) }
  }
}
