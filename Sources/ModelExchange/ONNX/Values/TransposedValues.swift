import ModelFormat

/// A matrix [rows, columns] as its transpose [columns, rows], read a band of columns at a time.
struct TransposedValues: TensorValues {
  /// The most bytes of a piece, unless a column has more.
  private static let largestPiece = 1 << 24
  /// How many columns a piece has at least, so that what is read together is no single element.
  private static let leastColumns = 64

  private let stored: any TensorValues
  private let rows: Int
  private let columns: Int
  private let elementSize: Int
  let pieceSize: Int

  var byteCount: Int { stored.byteCount }

  /// - Parameters:
  ///   - stored: the values of the matrix as they are stored.
  ///   - isSlow: whether small reads of them cost much; then all are read at once.
  ///   - rows: how many rows the stored matrix has.
  init(_ stored: any TensorValues, isSlow: Bool, rows: Int, columns: Int, elementSize: Int) {
    (self.stored, self.rows, self.columns, self.elementSize) = (stored, rows, columns, elementSize)
    let column = max(rows * elementSize, 1)
    let many = min(
      column.multipliedReportingOverflow(by: TransposedValues.leastColumns).partialValue, TransposedValues.largestPiece)
    let fitting = max(many, 1 << 20) / column * column
    pieceSize = isSlow ? max(stored.byteCount, 1) : max(fitting, column)
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    try checkRange(at: offset, count: buffer.count)
    guard buffer.count > 0 else { return }
    let column = rows * elementSize
    // Ranges that begin or end within a column are cut out of whole ones.
    let first = offset / column
    let last = (offset + buffer.count - 1) / column
    guard offset == first * column, buffer.count == (last - first + 1) * column else {
      let whole = UnsafeMutableRawBufferPointer.allocate(byteCount: (last - first + 1) * column, alignment: 16)
      defer { unsafe whole.deallocate() }
      try unsafe readColumns(first...last, into: whole)
      let start = offset - first * column
      return unsafe buffer.copyMemory(
        from: UnsafeRawBufferPointer(rebasing: whole[start..<start + buffer.count]))
    }
    try unsafe readColumns(first...last, into: buffer)
  }

  private func readColumns(
    _ range: ClosedRange<Int>, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ModelFormatError) {
    if range.count == columns {
      return try unsafe stored.withValues(in: 0..<byteCount) { (bytes) throws(ModelFormatError) in
        for row in 0..<rows { unsafe spread(bytes, from: row * columns * elementSize, row, columns, buffer) }
      }
    }
    let line = UnsafeMutableRawBufferPointer.allocate(byteCount: range.count * elementSize, alignment: 16)
    defer { unsafe line.deallocate() }
    for row in 0..<rows {
      try unsafe stored.read(at: (row * columns + range.lowerBound) * elementSize, into: line)
      unsafe spread(UnsafeRawBufferPointer(line), from: 0, row, range.count, buffer)
    }
  }

  /// Puts elements of a row into the columns that they belong to.
  private func spread(
    _ bytes: UnsafeRawBufferPointer, from start: Int, _ row: Int, _ count: Int,
    _ buffer: UnsafeMutableRawBufferPointer
  ) {
    switch elementSize {
    case 1: unsafe spread(bytes, start, row, count, buffer, UInt8.self)
    case 2: unsafe spread(bytes, start, row, count, buffer, UInt16.self)
    case 4: unsafe spread(bytes, start, row, count, buffer, UInt32.self)
    default: unsafe spread(bytes, start, row, count, buffer, UInt64.self)
    }
  }

  @inline(__always)
  private func spread<Element: BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, _ start: Int, _ row: Int, _ count: Int,
    _ buffer: UnsafeMutableRawBufferPointer, _: Element.Type
  ) {
    let size = MemoryLayout<Element>.size
    for column in 0..<count {
      let element = unsafe bytes.loadUnaligned(fromByteOffset: start + column * size, as: Element.self)
      unsafe buffer.storeBytes(of: element, toByteOffset: (column * rows + row) * size, as: Element.self)
    }
  }
}
