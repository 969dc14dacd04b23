/// Which columns of each row of bytes hold anything but 0: one bit each.
///
/// Most pixels of small images are 0, and at the margins they are so in all images of a mini-batch: these columns add
/// nothing to a product. An eighth of the bytes' memory tells which they are, far sooner than the bytes themselves.
@safe
final class ColumnMasks: @unchecked Sendable {
  /// The columns that the bits stand for, from the lowest bit of the first word on.
  let columns: Range<Int>
  /// The words of one row.
  let wordCount: Int
  private let words: UnsafeMutablePointer<UInt64>

  /// O(rows · columns).
  ///
  /// - Parameter bytes: Rows of `width` bytes.
  init(of bytes: UnsafeBufferPointer<UInt8>, width: Int, columns: Range<Int>) {
    self.columns = columns
    wordCount = (columns.count + 63) / 64
    let rows = bytes.count / width
    unsafe words = .allocate(capacity: rows * wordCount)
    unsafe words.initialize(repeating: 0, count: rows * wordCount)
    guard let base = bytes.baseAddress else { return }
    for row in 0..<rows {
      let source = unsafe UnsafeRawPointer(base + (row * width + columns.lowerBound))
      let target = unsafe words + row * wordCount
      let whole = columns.count & ~7
      for column in stride(from: 0, to: whole, by: 8) {
        let eight = unsafe UInt64(littleEndian: source.loadUnaligned(fromByteOffset: column, as: UInt64.self))
        unsafe target[column / 64] |= Self.bits(of: eight) << UInt64(column % 64)
      }
      for column in whole..<columns.count where unsafe source.load(fromByteOffset: column, as: UInt8.self) != 0 {
        unsafe target[column / 64] |= 1 << UInt64(column % 64)
      }
    }
  }

  deinit {
    unsafe words.deallocate()
  }

  /// Ors the words of the rows at `indices`.
  func unite(_ indices: UnsafePointer<Int>, rows: Int, into union: UnsafeMutablePointer<UInt64>) {
    unsafe union.update(repeating: 0, count: wordCount)
    for row in 0..<rows {
      let source = unsafe words + indices[row] &* wordCount
      for word in 0..<wordCount { unsafe union[word] |= source[word] }
    }
  }

  /// Bit i is set if byte i is not 0.
  ///
  /// The highest bit of each byte is set where the lower seven carry into it or where it was set; the product then
  /// moves these eight bits side by side, without carries between them.
  private static func bits(of eight: UInt64) -> UInt64 {
    let low: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
    let filled = ((((eight & low) &+ low) | eight) & ~low) >> 7
    return (filled &* 0x0102_0408_1020_4080) >> 56
  }
}
