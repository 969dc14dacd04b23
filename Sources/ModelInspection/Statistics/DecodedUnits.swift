/// Memory for decoded units, which threads fill in different places.
@safe
final class DecodedUnits: @unchecked Sendable {
  let byteCount: Int
  private let memory: UnsafeMutableRawBufferPointer

  init(byteCount: Int) {
    self.byteCount = byteCount
    unsafe memory = .allocate(byteCount: byteCount, alignment: 64)
  }

  deinit { unsafe memory.deallocate() }

  /// The memory for these bytes of a batch; nil when they do not fit.
  func place(_ range: Range<Int>) -> UnsafeMutableRawBufferPointer? {
    unsafe range.upperBound <= byteCount ? UnsafeMutableRawBufferPointer(rebasing: memory[range]) : nil
  }
}
