import ModelFormat
import Threads

/// Two walks through the values of tensors: one for everything but the histograms, one for those.
///
/// Every piece is summed up on its own, and the sums are merged in the order of the pieces. So the results are the same
/// whatever the number of threads.
struct StatisticsPasses {
  /// How much memory holds decoded values between the walks. What does not fit is decoded twice.
  static let decodedSize = 1 << 26

  private let bins: Int
  private let threads: Int?
  private let decodedSize: Int
  private var decoded = DecodedPieces(byteCount: 0)

  init(bins: Int, threads: Int?, decodedSize: Int) {
    self.bins = min(max(bins, 1), Histogram.maximumBinCount)
    self.threads = threads
    self.decodedSize = decodedSize
  }

  /// The statistics of each tensor.
  mutating func statistics(of tensors: [TensorPieces]) throws(ModelFormatError) -> [TensorStatistics] {
    var statistics: [TensorStatistics] = []
    statistics.reserveCapacity(tensors.count)
    var next = 0
    while next < tensors.count {
      let batch = nextBatch(of: tensors[next...])
      statistics += try batchStatistics(batch)
      next = batch.endIndex
    }
    return statistics
  }

  /// As many tensors as fit together, or a single one that does not.
  private func nextBatch(of tensors: ArraySlice<TensorPieces>) -> ArraySlice<TensorPieces> {
    var (size, end) = (0, tensors.startIndex)
    while end < tensors.endIndex, end == tensors.startIndex || tensors[end].values.byteCount <= decodedSize - size {
      size += tensors[end].values.byteCount
      end += 1
    }
    return tensors[..<end]
  }

  private mutating func batchStatistics(
    _ tensors: ArraySlice<TensorPieces>
  ) throws(ModelFormatError) -> [TensorStatistics] {
    let batch = PieceBatch(tensors)
    let size = min(batch.byteCount, decodedSize)
    if decoded.byteCount < size { decoded = DecodedPieces(byteCount: size) }
    let summaries = try batch.summaries(keeping: decoded, threads: threads)
    let histograms = try batch.histograms(for: summaries, bins: bins, kept: decoded, threads: threads)
    return zip(summaries, histograms).map { TensorStatistics($0, $1) }
  }
}

/// Memory for decoded pieces, which threads fill in different places.
@safe
private final class DecodedPieces: @unchecked Sendable {
  let byteCount: Int
  private let memory: UnsafeMutableRawBufferPointer

  init(byteCount: Int) {
    self.byteCount = byteCount
    unsafe memory = .allocate(byteCount: byteCount, alignment: 64)
  }

  deinit { unsafe memory.deallocate() }

  /// The memory for these bytes of a batch; nil when they do not fit.
  func place(_ range: Range<Int>) -> UnsafeMutableRawBufferPointer? {
    unsafe range.upperBound <= byteCount ? UnsafeMutableRawBufferPointer(rebasing: memory[range]) : nil
  }
}

/// Tensors that are walked through together.
private struct PieceBatch {
  /// What is summed up on its own, whatever pieces a file is made of: so rounding does not depend on the file. The size
  /// of the chunks that our writer makes.
  private static let pieceSize = 1 << 20

  private var tensors: [TensorPieces] = []
  private var numbers = PieceNumbers()
  /// Where the values of each tensor start among those of all.
  private var starts: [Int] = []
  private(set) var byteCount = 0

  init(_ tensors: ArraySlice<TensorPieces>) {
    self.tensors = Array(tensors)
    for tensor in tensors {
      starts.append(byteCount)
      numbers.append((tensor.values.byteCount + PieceBatch.pieceSize - 1) / PieceBatch.pieceSize)
      byteCount += tensor.values.byteCount
    }
  }

  func summaries(keeping decoded: DecodedPieces, threads: Int?) throws(ModelFormatError) -> [ValueSummary] {
    var summaries = [ValueSummary](repeating: ValueSummary(), count: tensors.count)
    try OrderedPipeline.run(
      count: numbers.count, threads: Workload.threads(threads, byteCount: byteCount)
    ) { (number) throws(ModelFormatError) in
      let (place, piece) = numbers.locate(number)
      var summary = ValueSummary()
      try unsafe withPiece(piece, of: place, decoded, isDecoded: false) { bytes in
        unsafe ElementBlocks.forEach(bytes, of: tensors[place].dataType) { unsafe summary.include($0) }
      }
      return summary
    } consume: { (number, summary: ValueSummary) throws(ModelFormatError) in
      summaries[numbers.locate(number).place].merge(summary)
    }
    return summaries
  }

  /// - Parameter decoded: the pieces that `summaries(keeping:threads:)` kept.
  func histograms(
    for summaries: [ValueSummary], bins: Int, kept decoded: DecodedPieces, threads: Int?
  ) throws(ModelFormatError) -> [Histogram?] {
    let binsOfTensors = summaries.map { summary in
      let extent = summary.extent
      return extent.isEmpty ? nil : HistogramBins(from: extent.minimum, to: extent.maximum, count: bins)
    }
    var counts = binsOfTensors.map { [Int](repeating: 0, count: $0 == nil ? 0 : bins) }
    try OrderedPipeline.run(
      count: numbers.count, threads: Workload.threads(threads, byteCount: byteCount)
    ) { (number) throws(ModelFormatError) in
      let (place, piece) = numbers.locate(number)
      guard let bins = binsOfTensors[place] else { return [] }
      var tables = bins.emptyTables
      try unsafe withPiece(piece, of: place, decoded, isDecoded: true) { bytes in
        unsafe ElementBlocks.forEach(bytes, of: tensors[place].dataType) { unsafe bins.include($0, in: &tables) }
      }
      return tables
    } consume: { (number, tables: [Int]) throws(ModelFormatError) in
      let place = numbers.locate(number).place
      binsOfTensors[place]?.add(tables, to: &counts[place])
    }
    return zip(binsOfTensors, counts).map { bins, counts in bins.map { Histogram(edges: $0.edges, counts: counts) } }
  }

  /// Calls `body` with the values of a piece, which are decoded unless they have been stored.
  private func withPiece(
    _ piece: Int, of place: Int, _ decoded: DecodedPieces, isDecoded: Bool, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(ModelFormatError) {
    let values = tensors[place].values
    let first = piece * PieceBatch.pieceSize
    let range = first..<min(first + PieceBatch.pieceSize, values.byteCount)
    let (start, end) = (starts[place] + range.lowerBound, starts[place] + range.upperBound)
    if let memory = unsafe decoded.place(start..<end) {
      if !isDecoded { try unsafe values.read(at: range.lowerBound, into: memory) }
      unsafe body(UnsafeRawBufferPointer(memory))
    } else {
      let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: range.count, alignment: 64)
      defer { unsafe memory.deallocate() }
      try unsafe values.read(at: range.lowerBound, into: memory)
      unsafe body(UnsafeRawBufferPointer(memory))
    }
  }
}
