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
  /// Statistics of a tensor of a file, streamed in two passes over its chunks. O(n) time, memory of one chunk.
  ///
  /// - Parameter bins: the number of bins of the histogram, brought into 1…`Histogram.maximumBinCount`.
  /// - Throws: any error of the file.
  public init(
    of tensor: TensorDescription, in reader: ModelReader, bins: Int = Histogram.defaultBinCount
  ) throws(ModelFormatError) {
    try self.init(bins: bins) { () throws(ModelFormatError) in try ElementStream(reader, tensor) }
  }

  /// Statistics of a tensor in memory. O(n) time.
  ///
  /// - Parameter bins: the number of bins of the histogram, brought into 1…`Histogram.maximumBinCount`.
  /// - Throws: nothing; the type only matches the other initialiser's.
  public init(of tensor: Tensor, bins: Int = Histogram.defaultBinCount) throws(ModelFormatError) {
    try self.init(bins: bins) { () throws(ModelFormatError) in ElementStream(tensor) }
  }

  private init(
    bins: Int, _ open: () throws(ModelFormatError) -> ElementStream
  ) throws(ModelFormatError) {
    var extent = Extent()
    try TensorStatistics.forEachBlock(of: try open()) { extent.include($0) }
    var moments = Moments(scale: extent.scale)
    var counter = extent.isEmpty ? nil : HistogramCounter(extent, bins: min(max(bins, 1), Histogram.maximumBinCount))
    if !extent.isEmpty {
      try TensorStatistics.forEachBlock(of: try open()) { block in
        moments.include(block)
        counter?.include(block)
      }
    }
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
    histogram = counter?.histogram
  }

  private static func forEachBlock(
    of stream: ElementStream, _ body: (UnsafeBufferPointer<Double>) -> Void
  ) throws(ModelFormatError) {
    var stream = stream
    let block = UnsafeMutableBufferPointer<Double>.allocate(capacity: blockSize)
    defer { block.deallocate() }
    while true {
      let count = try stream.next(into: block)
      if count == 0 { return }
      body(UnsafeBufferPointer(rebasing: block[..<count]))
    }
  }
}
