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
    var segments: [BlockSegment<Double>] = []
    var pieces: [ValueSummary] = []
  }

  private var tensors: [TensorPieces] = []
  private var numbers = PieceNumbers()
  /// Where the values of each tensor start among those of all.
  private var starts: [Int] = []
  private(set) var byteCount = 0

  init(_ tensors: ArraySlice<TensorPieces>) {
    self.tensors = Array(tensors)
    for tensor in tensors {
      starts.append(byteCount)
      numbers.append(tensor.values.unitCount(UnitBatch.unitSize(of: tensor)))
      byteCount += tensor.values.byteCount
    }
  }

  private static func unitSize(of tensor: TensorPieces) -> Int { tensor.values.unitSize(multipleOf: pieceSize) }

  /// - Returns: for each tensor its summary, and for each unit what it is made of.
  func summaries(
    keeping decoded: DecodedUnits, threads: Int?
  ) throws(ModelFormatError) -> ([ValueSummary], [[BlockSegment<Double>]]) {
    var summaries = [ValueSummary](repeating: ValueSummary(), count: tensors.count)
    var segments: [[BlockSegment<Double>]] = []
    segments.reserveCapacity(numbers.count)
    try OrderedPipeline.run(
      count: numbers.count, threads: Workload.threads(threads, byteCount: byteCount)
    ) { (number) throws(ModelFormatError) in
      let (place, unit) = numbers.locate(number)
      return try summary(of: unit, place, decoded)
    } consume: { (number, unit: UnitSummary) throws(ModelFormatError) in
      let place = numbers.locate(number).place
      for piece in unit.pieces { summaries[place].merge(piece) }
      segments.append(unit.segments)
    }
    return (summaries, segments)
  }

  private func summary(
    of unit: Int, _ place: Int, _ decoded: DecodedUnits
  ) throws(ModelFormatError) -> UnitSummary {
    let type = tensors[place].dataType
    let pieces = pieces(ofUnit: unit, place)
    var summary = UnitSummary()
    summary.segments = pieces.flatMap { $0 }
    try unsafe withUnit(unit, place, summary.segments, decoded, isDecoded: false) { memory in
      for segments in pieces {
        var piece = ValueSummary()
        for segment in segments {
          if let value = segment.repeated {
            piece.include(value, blockCount: segment.blockCount)
          } else {
            unsafe ElementBlocks.forEach(memory(segment.elements), of: type) { unsafe piece.include($0) }
          }
        }
        summary.pieces.append(piece)
      }
    }
    return summary
  }

  /// What each piece of a unit is made of.
  private func pieces(ofUnit unit: Int, _ place: Int) -> [[BlockSegment<Double>]] {
    let (values, type) = (tensors[place].values, tensors[place].dataType)
    let range = values.range(ofUnit: unit, UnitBatch.unitSize(of: tensors[place]))
    let runs = values.runs(in: range)
    return stride(from: range.lowerBound, to: range.upperBound, by: UnitBatch.pieceSize).map { start in
      let end = min(start + UnitBatch.pieceSize, range.upperBound)
      return BlockSegment.segments(of: start / type.byteCount..<end / type.byteCount, runs, type) {
        ElementBlocks.number($0, of: type)
      }
    }
  }

  /// - Parameters:
  ///   - segments: what each unit is made of.
  ///   - decoded: the units that `summaries(keeping:threads:)` kept.
  func histograms(
    for summaries: [ValueSummary], _ segments: [[BlockSegment<Double>]], bins: Int, kept decoded: DecodedUnits,
    threads: Int?
  ) throws(ModelFormatError) -> [Histogram?] {
    let binsOfTensors = summaries.map { summary in
      let extent = summary.extent
      return extent.isEmpty ? nil : HistogramBins(from: extent.minimum, to: extent.maximum, count: bins)
    }
    var counts = binsOfTensors.map { [Int](repeating: 0, count: $0 == nil ? 0 : bins) }
    try OrderedPipeline.run(
      count: numbers.count, threads: Workload.threads(threads, byteCount: byteCount)
    ) { (number) throws(ModelFormatError) in
      let (place, unit) = numbers.locate(number)
      guard let bins = binsOfTensors[place] else { return [] }
      var tables = bins.emptyTables
      try unsafe withUnit(unit, place, segments[number], decoded, isDecoded: true) { memory in
        for segment in segments[number] {
          if let value = segment.repeated {
            bins.include(value, count: segment.elements.count, in: &tables)
          } else {
            unsafe ElementBlocks.forEach(memory(segment.elements), of: tensors[place].dataType) {
              unsafe bins.include($0, in: &tables)
            }
          }
        }
      }
      return tables
    } consume: { (number, tables: [Int]) throws(ModelFormatError) in
      let place = numbers.locate(number).place
      binsOfTensors[place]?.add(tables, to: &counts[place])
    }
    return zip(binsOfTensors, counts).map { bins, counts in bins.map { Histogram(edges: $0.edges, counts: counts) } }
  }

  /// Calls `body` with a function that finds the bytes of segments of a unit. Those that are not repeated are decoded
  /// unless they have been stored; there are none for the others.
  private func withUnit(
    _ unit: Int, _ place: Int, _ segments: [BlockSegment<Double>], _ decoded: DecodedUnits, isDecoded: Bool,
    _ body: ((Range<Int>) -> UnsafeRawBufferPointer) -> Void
  ) throws(ModelFormatError) {
    let (values, size) = (tensors[place].values, tensors[place].dataType.byteCount)
    let range = values.range(ofUnit: unit, UnitBatch.unitSize(of: tensors[place]))
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
