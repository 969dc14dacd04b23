import ModelFormat
import Threads

/// Tensors that are walked through together, unit by unit. A unit is a piece or more: as many as it takes to decode each
/// chunk of a file once.
struct UnitBatch {
  /// What is summed up on its own, whatever pieces a file is made of: so rounding does not depend on the file. The size
  /// of the chunks that our writer makes.
  private static let pieceSize = 1 << 20

  /// What a unit is made of, and the summary of each of its pieces.
  private struct UnitSummary {
    var segments: [BlockSegment<RepeatedElement>] = []
    var pieces: [ValueSummary] = []
  }

  private(set) var tensors: [TensorPieces] = []
  private(set) var numbers = PieceNumbers()
  /// Where the values of each tensor that is to be decoded start among those of all of these.
  private var starts: [Int] = []
  private(set) var byteCount = 0
  /// The size of the values that do not lie in memory yet.
  private(set) var storedByteCount = 0

  init(_ tensors: ArraySlice<TensorPieces>) {
    self.tensors = Array(tensors)
    for tensor in tensors {
      starts.append(storedByteCount)
      if !tensor.values.isInMemory { storedByteCount += tensor.values.byteCount }
      numbers.append(tensor.values.unitCount(UnitBatch.unitSize(of: tensor)))
      byteCount += tensor.values.byteCount
    }
  }

  private static func unitSize(of tensor: TensorPieces) -> Int { tensor.values.unitSize(multipleOf: pieceSize) }

  /// How many elements a tensor has.
  func elementCount(_ place: Int) -> Int { tensors[place].values.byteCount / tensors[place].dataType.byteCount }

  /// Whether a unit is the last one of its tensor.
  func isLast(_ number: Int) -> Bool {
    number + 1 == numbers.count || numbers.locate(number + 1).piece == 0
  }

  /// The first walk.
  ///
  /// - Returns: what is known of each tensor, and for each unit what it is made of.
  func surveys(
    keeping decoded: DecodedUnits, threads: Int?
  ) throws(ModelFormatError) -> ([TensorSurvey], [[BlockSegment<RepeatedElement>]]) {
    let tallies = TallyPool<ElementTally>(tensorCount: tensors.count)
    let tables = ClearedTables()
    var surveys = tensors.map { TensorSurvey($0.dataType) }
    var segments: [[BlockSegment<RepeatedElement>]] = []
    segments.reserveCapacity(numbers.count)
    try OrderedPipeline.run(
      groups: ItemGroups(count: numbers.count, size: byteCount(ofUnit:)),
      threads: Workload.threads(threads, byteCount: byteCount)
    ) { (number) throws(ModelFormatError) in
      let (place, unit) = numbers.locate(number)
      let tally =
        tallies.take(place) ?? ElementTally(of: tensors[place].dataType, count: elementCount(place), tables)
      let summary = try summary(of: unit, place, tally, decoded)
      tallies.giveBack(tally, place)
      return summary
    } consume: { (number, unit: UnitSummary) throws(ModelFormatError) in
      let place = numbers.locate(number).place
      for piece in unit.pieces { surveys[place].merge(piece) }
      segments.append(unit.segments)
      if isLast(number) { surveys[place].finish(tallies.removeAll(place)) }
    }
    return (surveys, segments)
  }

  private func byteCount(ofUnit number: Int) -> Int {
    let (place, unit) = numbers.locate(number)
    return tensors[place].values.range(ofUnit: unit, UnitBatch.unitSize(of: tensors[place])).count
  }

  private func summary(
    of unit: Int, _ place: Int, _ tally: ElementTally, _ decoded: DecodedUnits
  ) throws(ModelFormatError) -> UnitSummary {
    let type = tensors[place].dataType
    let leastNormal = type.leastNormal
    let pieces = pieces(ofUnit: unit, place)
    var summary = UnitSummary()
    summary.segments = pieces.flatMap { $0 }
    try unsafe withUnit(unit, place, summary.segments, decoded, isDecoded: false) { memory in
      for segments in pieces {
        var piece = ValueSummary()
        for segment in segments {
          if let element = segment.repeated {
            piece.include(
              ElementBlocks.number(element, of: type), blockCount: segment.blockCount, at: segment.elements.lowerBound,
              leastNormal: leastNormal)
            tally.include(element.bits, count: segment.elements.count)
          } else {
            var start = segment.elements.lowerBound
            unsafe ElementBlocks.forEach(memory(segment.elements), of: type) {
              unsafe piece.include($0, at: start, leastNormal: leastNormal)
              start += $0.count
            }
            unsafe tally.include(memory(segment.elements))
          }
        }
        summary.pieces.append(piece)
      }
    }
    return summary
  }

  /// What each piece of a unit is made of.
  private func pieces(ofUnit unit: Int, _ place: Int) -> [[BlockSegment<RepeatedElement>]] {
    let (values, type) = (tensors[place].values, tensors[place].dataType)
    let range = values.range(ofUnit: unit, UnitBatch.unitSize(of: tensors[place]))
    let runs = values.runs(in: range)
    return stride(from: range.lowerBound, to: range.upperBound, by: UnitBatch.pieceSize).map { start in
      let end = min(start + UnitBatch.pieceSize, range.upperBound)
      return BlockSegment.segments(of: start / type.byteCount..<end / type.byteCount, runs, type) { $0 }
    }
  }

  /// Calls `body` with a function that finds the bytes of segments of a unit. Those that are not repeated are decoded
  /// unless they have been stored; there are none for the others.
  func withUnit(
    _ unit: Int, _ place: Int, _ segments: [BlockSegment<RepeatedElement>], _ decoded: DecodedUnits, isDecoded: Bool,
    _ body: ((Range<Int>) -> UnsafeRawBufferPointer) -> Void
  ) throws(ModelFormatError) {
    let (values, size) = (tensors[place].values, tensors[place].dataType.byteCount)
    let range = values.range(ofUnit: unit, UnitBatch.unitSize(of: tensors[place]))
    guard !values.isInMemory else {
      return try unsafe values.withValues(in: range) { memory in
        unsafe body { elements in
          let start = elements.lowerBound * size - range.lowerBound
          return unsafe UnsafeRawBufferPointer(rebasing: memory[start..<start + elements.count * size])
        }
      }
    }
    let kept = unsafe decoded.place(starts[place] + range.lowerBound..<starts[place] + range.upperBound)
    let isNeeded = segments.contains { $0.repeated == nil }
    let memory =
      unsafe kept ?? UnsafeMutableRawBufferPointer.allocate(byteCount: isNeeded ? range.count : 0, alignment: 64)
    defer { if unsafe kept == nil { unsafe memory.deallocate() } }
    func bytes(_ elements: Range<Int>) -> UnsafeMutableRawBufferPointer {
      let start = elements.lowerBound * size - range.lowerBound
      return unsafe UnsafeMutableRawBufferPointer(rebasing: memory[start..<start + elements.count * size])
    }
    if unsafe kept == nil || !isDecoded {
      for elements in BlockSegment.decoded(segments) {
        try unsafe values.read(at: elements.lowerBound * size, into: bytes(elements))
      }
    }
    unsafe body { unsafe UnsafeRawBufferPointer(bytes($0)) }
  }
}
