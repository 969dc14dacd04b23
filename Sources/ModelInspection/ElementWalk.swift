import ModelFormat

extension TensorPieces {
  /// What is read at a time.
  private static let readSize = 1 << 20

  /// Calls `body` with the values as numbers, block by block in their order, until it answers false. O(n) time; the
  /// memory of one piece.
  ///
  /// - Parameters:
  ///   - elements: which of them; nil for all.
  ///   - body: takes the place of the first element of the block, and the block.
  func forEachBlock(
    in elements: Range<Int>? = nil, _ body: (Int, UnsafeBufferPointer<Double>) -> Bool
  ) throws(ModelFormatError) {
    let size = dataType.byteCount
    let wanted = elements ?? 0..<values.byteCount / size
    let step = values.unitSize(multipleOf: TensorPieces.readSize)
    var position = wanted.lowerBound * size
    let end = wanted.upperBound * size
    var goesOn = true
    while goesOn, position < end {
      // Up to the next place at which a piece may begin, so that none is decoded more often than it must be.
      let next = min(end, position + step - position % step)
      var place = position / size
      try unsafe values.withValues(in: position..<next) { (bytes) throws(ModelFormatError) in
        unsafe ElementBlocks.forEach(bytes, of: dataType) { (block: UnsafeBufferPointer<Double>) in
          guard goesOn else { return }
          goesOn = unsafe body(place, block)
          place += block.count
        }
      }
      position = next
    }
  }
}
