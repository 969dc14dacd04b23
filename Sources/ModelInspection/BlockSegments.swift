import ModelFormat

/// A part of values, in elements: whole blocks that one element repeats, or anything else.
struct BlockSegment<Repeated: Sendable>: Sendable {
  let elements: Range<Int>
  /// What is repeated; nil where values have to be looked at one by one.
  let repeated: Repeated?

  /// How many blocks there are where an element is repeated.
  var blockCount: Int { elements.count / ElementBlocks.size }

  /// The parts of a range of elements, whose first block starts with it.
  ///
  /// Blocks that a run ends in are not repeated: they hold other values as well.
  ///
  /// - Parameters:
  ///   - runs: in order, each with what it repeats.
  static func segments(of elements: Range<Int>, _ runs: [(elements: Range<Int>, repeated: Repeated)]) -> [Self] {
    var segments: [Self] = []
    var position = elements.lowerBound
    for run in runs {
      let (from, to) = (max(run.elements.lowerBound, position), min(run.elements.upperBound, elements.upperBound))
      let skipped = (from - elements.lowerBound + ElementBlocks.size - 1) / ElementBlocks.size
      let first = elements.lowerBound + skipped * ElementBlocks.size
      guard to - first >= ElementBlocks.size else { continue }
      let end = first + (to - first) / ElementBlocks.size * ElementBlocks.size
      if first > position { segments.append(Self(elements: position..<first, repeated: nil)) }
      segments.append(Self(elements: first..<end, repeated: run.repeated))
      position = end
    }
    if position < elements.upperBound { segments.append(Self(elements: position..<elements.upperBound, repeated: nil)) }
    return segments
  }

  /// The same from the runs of a tensor.
  static func segments(
    of elements: Range<Int>, _ runs: [ValueRun], _ type: DataType, _ repeated: (RepeatedElement) -> Repeated
  ) -> [Self] {
    segments(of: elements, runs.compactMap { run in run.element.map { (run.elements(of: type), repeated($0)) } })
  }

  /// The elements of the segments that are not repeated, neighbours together, so that no chunk is decoded for each of
  /// them.
  static func decoded(_ segments: [Self]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for segment in segments where segment.repeated == nil {
      if let last = ranges.last, last.upperBound == segment.elements.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<segment.elements.upperBound
      } else {
        ranges.append(segment.elements)
      }
    }
    return ranges
  }
}

extension ValueRun {
  /// The whole elements in it.
  func elements(of type: DataType) -> Range<Int> {
    let (size, first) = (type.byteCount, (range.lowerBound + type.byteCount - 1) / type.byteCount)
    return first..<max(first, range.upperBound / size)
  }
}
