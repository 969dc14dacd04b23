import ModelFormat
import Threads

/// Two walks through the values of tensors: one for all that needs to know nothing before, and one for what depends on
/// bounds and deviation; and another one or two for the percentiles of tensors with elements of 64 bits.
///
/// Every piece is summed up on its own, and the sums are merged in the order of the pieces. So the results are the same
/// whatever the number of threads, and however a file cuts values into chunks. Counts need no order. Blocks that one element repeats are summed
/// up once, and that sum is merged as often as there are blocks: it gives the same bits, in the time of a single block.
struct StatisticsPasses {
  /// How much memory holds decoded values between the walks. What does not fit is decoded twice.
  static let decodedSize = 1 << 26

  private let bins: Int
  private let threads: Int?
  private let decodedSize: Int
  private var decoded = DecodedUnits(byteCount: 0)

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
    let batch = UnitBatch(tensors)
    let size = min(batch.storedByteCount, decodedSize)
    if decoded.byteCount < size { decoded = DecodedUnits(byteCount: size) }
    var (surveys, segments) = try batch.surveys(keeping: decoded, threads: threads)
    let distributions = try batch.distributions(for: &surveys, segments, bins: bins, kept: decoded, threads: threads)
    try batch.completeRanks(of: &surveys, segments, kept: decoded, threads: threads)
    return surveys.indices.map { place in
      TensorStatistics(surveys[place], distributions[place], of: tensors[tensors.startIndex + place])
    }
  }
}
