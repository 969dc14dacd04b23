import ModelFormat

/// The rows of a matrix, in memory or read anew for each walk, multiplied by a power of 2 that brings the largest
/// element near 1, so that no square overflows or vanishes.
struct MatrixRows {
  let rows: Int
  let columns: Int
  /// What the elements are multiplied by is 2^−exponent.
  let exponent: Int
  /// The largest element is 0.
  let isZero: Bool
  /// All elements; nil where there are too many to be held.
  private(set) var held: [Double]?
  private let source: MatrixElements

  /// Reads all values once.
  ///
  /// - Parameter maximumHeldCount: up to so many elements are held.
  init(
    _ source: MatrixElements, rows: Int, columns: Int, maximumHeldCount: Int = SpectrumCost.maximumHeldCount
  ) throws(SpectrumError) {
    self.source = source
    self.rows = rows
    self.columns = columns
    let count = source.count
    var (largest, nonFinite) = (0.0, 0)
    var elements: [Double] = []
    let isHeld = count <= maximumHeldCount
    if isHeld { elements.reserveCapacity(count) }
    do throws(ModelFormatError) {
      try unsafe source.forEachBlock { block in
        for index in 0..<block.count {
          let magnitude = unsafe block[index].magnitude
          if !magnitude.isFinite { nonFinite += 1 } else if magnitude > largest { largest = magnitude }
        }
        if isHeld { unsafe elements.append(contentsOf: block) }
      }
    } catch { throw .values(error) }
    guard nonFinite == 0 else { throw .nonFinite(count: nonFinite) }
    isZero = largest == 0
    // 2^1022 is the greatest power whose reciprocal is a normal number.
    exponent = isZero ? 0 : max(-1022, min(1022, Int(largest.exponent)))
    if isHeld {
      let factor = Double(sign: .plus, exponent: -exponent, significand: 1)
      for index in elements.indices { elements[index] *= factor }
      held = elements
    }
  }

  /// Brings the elements into an order that follows from the generator (Fisher and Yates), if they are held.
  mutating func shuffle(_ random: inout SeededNumbers) {
    guard var elements = held else { return }
    held = nil
    for end in stride(from: elements.count, to: 1, by: -1) {
      elements.swapAt(end - 1, random.place(below: end))
    }
    held = elements
  }

  /// Calls `body` with the rows in their order. The memory of one row where they are not held.
  func forEachRow(_ body: (UnsafeBufferPointer<Double>) -> Void) throws(ModelFormatError) {
    if let held {
      unsafe held.withUnsafeBufferPointer { elements in
        for row in 0..<rows {
          unsafe body(UnsafeBufferPointer(rebasing: elements[row * columns..<(row + 1) * columns]))
        }
      }
      return
    }
    let factor = Double(sign: .plus, exponent: -exponent, significand: 1)
    let row = UnsafeMutableBufferPointer<Double>.allocate(capacity: columns)
    unsafe row.initialize(repeating: 0)
    defer { unsafe row.deallocate() }
    var filled = 0
    try unsafe source.forEachBlock { block in
      for index in 0..<block.count {
        unsafe row[filled] = unsafe block[index] * factor
        filled += 1
        if filled == columns {
          unsafe body(UnsafeBufferPointer(row))
          filled = 0
        }
      }
    }
  }
}
