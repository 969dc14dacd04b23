import ModelFormat

/// An element of either side.
struct RepeatedPair: Sendable {
  let left: RepeatedElement
  let right: RepeatedElement
}

/// Compares a stretch of two tensors, segment by segment.
struct SegmentComparison {
  let left: TensorPieces
  let right: TensorPieces
  /// Neighbours, in order.
  let segments: [BlockSegment<RepeatedPair>]

  /// Decodes what is not repeated, and includes everything in its order.
  func include(in comparison: inout ValueComparison) throws(ModelFormatError) {
    let decoded = BlockSegment.decoded(segments)
    let largest = decoded.reduce(0) { max($0, $1.count) }
    let (leftSize, rightSize) = (left.dataType.byteCount, right.dataType.byteCount)
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: largest * (leftSize + rightSize), alignment: 64)
    defer { unsafe memory.deallocate() }
    for segment in segments {
      if let pair = segment.repeated {
        include(pair, blockCount: segment.blockCount, in: &comparison)
        continue
      }
      let elements = segment.elements
      let middle = elements.count * leftSize
      let first = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[..<middle])
      let second = unsafe UnsafeMutableRawBufferPointer(
        rebasing: memory[middle..<middle + elements.count * rightSize])
      try unsafe left.values.read(at: elements.lowerBound * leftSize, into: first)
      try unsafe right.values.read(at: elements.lowerBound * rightSize, into: second)
      unsafe include(UnsafeRawBufferPointer(first), UnsafeRawBufferPointer(second), in: &comparison)
    }
  }

  /// Whether both sides are integers that `Double` cannot hold exactly, and whether these have a sign.
  private var wideIntegers: (areWide: Bool, areSigned: Bool) {
    switch (left.dataType.kind, right.dataType.kind) {
    case (.signedInteger(bits: 64), .signedInteger(bits: 64)): (true, true)
    case (.unsignedInteger(bits: 64), .unsignedInteger(bits: 64)): (true, false)
    default: (false, false)
    }
  }

  private func include(
    _ leftBytes: UnsafeRawBufferPointer, _ rightBytes: UnsafeRawBufferPointer, in comparison: inout ValueComparison
  ) {
    let (areWide, areSigned) = wideIntegers
    if areWide {
      unsafe ElementBlocks.forEachPair(leftBytes, of: left.dataType, rightBytes, of: right.dataType) { (a, b) in
        unsafe comparison.include(a, b, isSigned: areSigned)
      }
    } else {
      unsafe ElementBlocks.forEachPair(leftBytes, of: left.dataType, rightBytes, of: right.dataType) { (a, b) in
        unsafe comparison.include(a, b)
      }
    }
  }

  /// Compares one block, and takes the result in as often as there are blocks: as if they were compared one by one.
  private func include(_ pair: RepeatedPair, blockCount: Int, in comparison: inout ValueComparison) {
    var block = comparison.next
    let (areWide, areSigned) = wideIntegers
    if areWide {
      unsafe ElementBlocks.withBlock(of: ElementBlocks.number(pair.left, of: left.dataType)) { (a) in
        unsafe ElementBlocks.withBlock(of: ElementBlocks.number(pair.right, of: right.dataType)) { (b) in
          unsafe block.include(a, b, isSigned: areSigned)
        }
      }
    } else {
      unsafe ElementBlocks.withBlock(of: ElementBlocks.number(pair.left, of: left.dataType)) { (a) in
        unsafe ElementBlocks.withBlock(of: ElementBlocks.number(pair.right, of: right.dataType)) { (b) in
          unsafe block.include(a, b)
        }
      }
    }
    for _ in 0..<blockCount { comparison.merge(block) }
  }
}
