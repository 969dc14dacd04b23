import BinaryIO

/// Memory for decoded units, which threads fill in different places.
@safe
final class DecodedUnits: @unchecked Sendable {
  /// From this size on, memory comes in whole pages of this size where the system has them: it takes the system longer
  /// to hand out small ones than it takes to fill them.
  private static let largePage = 1 << 21

  let byteCount: Int
  private let memory: UnsafeMutableRawBufferPointer

  init(byteCount: Int) {
    self.byteCount = byteCount
    let page = DecodedUnits.largePage
    let isLarge = byteCount > page
    unsafe memory = .allocate(
      byteCount: isLarge ? (byteCount + page - 1) / page * page : byteCount, alignment: isLarge ? page : 64)
    unsafe LargePages.advise(memory)
  }

  deinit { unsafe memory.deallocate() }

  /// The memory for these bytes of a batch; nil when they do not fit.
  func place(_ range: Range<Int>) -> UnsafeMutableRawBufferPointer? {
    unsafe range.upperBound <= byteCount ? UnsafeMutableRawBufferPointer(rebasing: memory[range]) : nil
  }
}
