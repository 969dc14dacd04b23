public import ModelFormat

/// Statistics of a tensor's values.
///
/// NaN and infinities are counted, and left out of everything else.
public struct TensorStatistics: Equatable, Sendable {
  /// The number of values.
  public let count: Int
  /// The least finite value; nil when there is none.
  public let minimum: Double?
  /// The greatest finite value; nil when there is none.
  public let maximum: Double?
  /// The mean of the finite values, Σx / n; nil when there is none.
  public let mean: Double?
  /// The population standard deviation of the finite values, √(Σ(x − mean)² / n); nil when there is none.
  public let standardDeviation: Double?
  /// The Euclidean norm of the finite values, √Σx².
  public let l2Norm: Double
  /// How many values are 0 or −0.
  public let zeros: Int
  /// How many values are NaN.
  public let nan: Int
  /// How many values are +∞.
  public let positiveInfinity: Int
  /// How many values are −∞.
  public let negativeInfinity: Int
  /// How the finite values are distributed; nil when there is none.
  public let histogram: Histogram?

  /// How many values are finite.
  public var finite: Int { count - nan - positiveInfinity - negativeInfinity }
}

extension TensorStatistics {
  /// Statistics of a tensor of a source. O(n) time; the memory of `all(of:in:bins:threads:)`.
  ///
  /// - Parameters:
  ///   - bins: the number of bins of the histogram, brought into 1…`Histogram.maximumBinCount`.
  ///   - threads: how many threads share the work; nil for one per processor. The result is the same.
  /// - Throws: any error of the source.
  public init(
    of tensor: TensorDescription, in source: any ModelSource, bins: Int = Histogram.defaultBinCount, threads: Int? = nil
  ) throws(ModelFormatError) {
    let pieces = try TensorPieces(source, source.contents, tensor)
    var passes = StatisticsPasses(bins: bins, threads: threads, decodedSize: StatisticsPasses.decodedSize)
    self = try passes.statistics(of: [pieces])[0]
  }

  /// Statistics of a tensor in memory. O(n) time.
  ///
  /// - Parameters:
  ///   - bins: the number of bins of the histogram, brought into 1…`Histogram.maximumBinCount`.
  ///   - threads: how many threads share the work; nil for one per processor. The result is the same.
  /// - Throws: nothing; the type only matches the other initialiser's.
  public init(
    of tensor: Tensor, bins: Int = Histogram.defaultBinCount, threads: Int? = nil
  ) throws(ModelFormatError) {
    // What is in memory already need not be stored once more.
    var passes = StatisticsPasses(bins: bins, threads: threads, decodedSize: 0)
    self = try passes.statistics(of: [TensorPieces(tensor)])[0]
  }

  /// Statistics of several tensors of a source, in their order.
  ///
  /// The histogram's edges depend on all values, so all are looked at twice. They are decoded once as far as a tensor,
  /// or several small ones together, fit in 64 MiB; what is beyond that is decoded twice. O(n) time; memory: those 64 MiB
  /// at most, and one piece of a tensor per thread.
  ///
  /// - Parameters:
  ///   - bins: the number of bins of the histograms, brought into 1…`Histogram.maximumBinCount`.
  ///   - threads: how many threads share the work; nil for one per processor. The results are the same.
  /// - Throws: any error of the source.
  public static func all(
    of tensors: [TensorDescription], in source: any ModelSource, bins: Int = Histogram.defaultBinCount,
    threads: Int? = nil
  ) throws(ModelFormatError) -> [TensorStatistics] {
    var passes = StatisticsPasses(bins: bins, threads: threads, decodedSize: StatisticsPasses.decodedSize)
    return try passes.statistics(of: try TensorPieces.open(tensors, in: source, threads: threads))
  }

  init(_ summary: ValueSummary, _ histogram: Histogram?) {
    let (extent, moments) = (summary.extent, summary.moments)
    count = extent.count
    minimum = extent.isEmpty ? nil : extent.minimum
    maximum = extent.isEmpty ? nil : extent.maximum
    mean = extent.isEmpty ? nil : moments.mean
    standardDeviation = extent.isEmpty ? nil : moments.standardDeviation
    l2Norm = moments.l2Norm
    zeros = extent.zeros
    nan = extent.nan
    positiveInfinity = extent.positiveInfinity
    negativeInfinity = extent.negativeInfinity
    self.histogram = histogram
  }
}
