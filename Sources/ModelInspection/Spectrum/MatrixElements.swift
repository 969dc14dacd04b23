import ModelFormat

/// Where the elements of a matrix come from: a tensor, or what two tensors differ by.
struct MatrixElements {
  private let pieces: TensorPieces
  /// What `pieces` are subtracted from; nil for themselves.
  private let minuend: TensorPieces?

  /// The elements of a tensor.
  init(_ pieces: TensorPieces) {
    self.pieces = pieces
    minuend = nil
  }

  /// The elements of right − left, for tensors of one shape. Two equal infinities, and two NaNs, are no difference.
  init(from left: TensorPieces, to right: TensorPieces) {
    pieces = left
    minuend = right
  }

  /// How many there are.
  var count: Int { pieces.values.byteCount / pieces.dataType.byteCount }

  /// Calls `body` with all elements, block by block in their order. O(n) for each walk.
  func forEachBlock(_ body: (UnsafeBufferPointer<Double>) -> Void) throws(ModelFormatError) {
    guard let minuend else {
      try unsafe pieces.forEachBlock { _, block in
        unsafe body(block)
        return true
      }
      return
    }
    let scratch = UnsafeMutableBufferPointer<Double>.allocate(capacity: ElementBlocks.size)
    defer { unsafe scratch.deallocate() }
    try unsafe TensorPieces.forEachDifference(pieces, minuend, count: count) { _, block in
      let length = min(block.count, scratch.count)
      for index in 0..<length {
        let difference = unsafe block[index]
        unsafe scratch.initializeElement(at: index, to: difference.isNaN ? 0 : difference)
      }
      unsafe body(UnsafeBufferPointer(rebasing: scratch[..<length]))
    }
  }
}
