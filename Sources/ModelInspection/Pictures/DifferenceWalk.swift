import ModelFormat

extension TensorPieces {
  /// How many elements are read at a time: 1 MiB of the shorter common types.
  private static let readCount = 1 << 18

  /// Calls `body` with right − left, block by block in their order. O(n); the memory of a piece of each.
  ///
  /// - Parameters:
  ///   - count: how many elements both have.
  ///   - body: takes the place of the first element of the block, and the differences.
  static func forEachDifference(
    _ left: TensorPieces, _ right: TensorPieces, count: Int, _ body: (Int, UnsafeBufferPointer<Double>) -> Void
  ) throws(ModelFormatError) {
    let (leftSize, rightSize) = (left.dataType.byteCount, right.dataType.byteCount)
    let scratch = UnsafeMutableBufferPointer<Double>.allocate(capacity: ElementBlocks.size)
    defer { unsafe scratch.deallocate() }
    var position = 0
    while position < count {
      let end = min(count, position + readCount)
      var place = position
      try unsafe left.values.withValues(in: position * leftSize..<end * leftSize) { (a) throws(ModelFormatError) in
        try unsafe right.values.withValues(in: position * rightSize..<end * rightSize) { (b) throws(ModelFormatError) in
          unsafe ElementBlocks.forEachPair(a, of: left.dataType, b, of: right.dataType) {
            (x: UnsafeBufferPointer<Double>, y: UnsafeBufferPointer<Double>) in
            let pairs = min(x.count, y.count, scratch.count)
            for index in 0..<pairs { unsafe scratch.initializeElement(at: index, to: y[index] - x[index]) }
            unsafe body(place, UnsafeBufferPointer(rebasing: scratch[..<pairs]))
            place += pairs
          }
        }
      }
      position = end
    }
  }
}
