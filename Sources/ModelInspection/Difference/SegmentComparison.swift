import ModelFormat

/// An element of either side.
struct RepeatedPair: Sendable {
  let left: RepeatedElement
  let right: RepeatedElement
}

/// Compares a stretch of two tensors that begins with a span, segment by segment.
struct SegmentComparison {
  let left: TensorPieces
  let right: TensorPieces
  /// The units to tell apart; nil for none.
  let layout: UnitLayout?
  let tolerance: Tolerance
  /// Neighbours, in order.
  let segments: [BlockSegment<RepeatedPair>]

  /// Decodes what is not repeated, and compares everything in its order.
  ///
  /// - Returns: a comparison for each span.
  func comparisons() throws(ModelFormatError) -> [SpanComparison] {
    guard let start = segments.first?.elements.lowerBound, let end = segments.last?.elements.upperBound else {
      return []
    }
    let decoded = BlockSegment.decoded(segments)
    let largest = decoded.reduce(0) { max($0, $1.count) }
    let (leftSize, rightSize) = (left.dataType.byteCount, right.dataType.byteCount)
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: largest * (leftSize + rightSize), alignment: 64)
    defer { unsafe memory.deallocate() }
    var spans: [SpanComparison] = []
    func span(from element: Int) -> SpanComparison {
      SpanComparison(
        (left.dataType, right.dataType), layout, tolerance: tolerance,
        elements: element..<min(element + SpanComparison.size, end))
    }
    for segment in segments {
      var first = unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)
      var second = unsafe first
      if segment.repeated == nil {
        let middle = segment.elements.count * leftSize
        unsafe first = UnsafeMutableRawBufferPointer(rebasing: memory[..<middle])
        unsafe second = UnsafeMutableRawBufferPointer(
          rebasing: memory[middle..<middle + segment.elements.count * rightSize])
        try unsafe left.values.read(at: segment.elements.lowerBound * leftSize, into: first)
        try unsafe right.values.read(at: segment.elements.lowerBound * rightSize, into: second)
      }
      var position = segment.elements.lowerBound
      while position < segment.elements.upperBound {
        let offset = (position - start) % SpanComparison.size
        if offset == 0 { spans.append(span(from: position)) }
        let part = position..<min(position + SpanComparison.size - offset, segment.elements.upperBound)
        if let pair = segment.repeated {
          include(pair, blockCount: part.count / ElementBlocks.size, in: &spans[spans.count - 1])
        } else {
          let place = part.lowerBound - segment.elements.lowerBound
          unsafe include(
            UnsafeRawBufferPointer(rebasing: first[place * leftSize..<(place + part.count) * leftSize]),
            UnsafeRawBufferPointer(rebasing: second[place * rightSize..<(place + part.count) * rightSize]),
            in: &spans[spans.count - 1])
        }
        position = part.upperBound
      }
    }
    return spans
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
    _ leftBytes: UnsafeRawBufferPointer, _ rightBytes: UnsafeRawBufferPointer, in span: inout SpanComparison
  ) {
    let (areWide, areSigned) = wideIntegers
    if areWide {
      unsafe ElementBlocks.forEachPair(leftBytes, of: left.dataType, rightBytes, of: right.dataType) { (a, b) in
        unsafe span.include(a, b, isSigned: areSigned)
      }
    } else {
      unsafe ElementBlocks.forEachPair(leftBytes, of: left.dataType, rightBytes, of: right.dataType) { (a, b) in
        unsafe span.include(a, b)
      }
    }
  }

  /// Compares one block, and takes the result in as often as there are blocks.
  private func include(_ pair: RepeatedPair, blockCount: Int, in span: inout SpanComparison) {
    let (areWide, areSigned) = wideIntegers
    if areWide {
      unsafe ElementBlocks.withBlock(of: ElementBlocks.number(pair.left, of: left.dataType)) { (a) in
        unsafe ElementBlocks.withBlock(of: ElementBlocks.number(pair.right, of: right.dataType)) { (b) in
          unsafe span.include(a, b, isSigned: areSigned, blockCount: blockCount)
        }
      }
    } else {
      unsafe ElementBlocks.withBlock(of: ElementBlocks.number(pair.left, of: left.dataType)) { (a) in
        unsafe ElementBlocks.withBlock(of: ElementBlocks.number(pair.right, of: right.dataType)) { (b) in
          unsafe span.include(a, b, blockCount: blockCount)
        }
      }
    }
  }
}
