public import ModelFormat

/// Statistics of a tensor's values.
///
/// NaN and infinities are counted, and left out of everything else.
public struct TensorStatistics: Equatable, Sendable {
  /// A value is near 0 if its magnitude is below so many standard deviations.
  public static let nearZeroDeviations = 1e-3

  /// The number of values.
  public let count: Int
  /// How many bytes the values take as they are, uncompressed.
  public let rawByteCount: Int
  /// The least finite value; nil when there is none.
  public let minimum: Double?
  /// The greatest finite value; nil when there is none.
  public let maximum: Double?
  /// The place of the first value that equals the minimum, counted through the tensor in the order of storage; nil when
  /// there is none.
  public let minimumIndex: Int?
  /// The place of the first value that equals the maximum; nil when there is none.
  public let maximumIndex: Int?
  /// The mean of the finite values, Σx / n; nil when there is none.
  public let mean: Double?
  /// The population standard deviation of the finite values, √(Σ(x − mean)² / n); nil when there is none.
  public let standardDeviation: Double?
  /// The skewness of the finite values, g₁ = m₃ / m₂^(3/2) with mₖ = Σ(x − mean)ᵏ / n; nil where there is none, or the
  /// standard deviation is 0 or, as SciPy has it, at most 10⁻¹⁵ of the mean's magnitude.
  public let skewness: Double?
  /// The excess kurtosis of the finite values, g₂ = m₄ / m₂² − 3, which is 0 for a normal distribution and never less
  /// than −2; nil where the skewness is.
  public let excessKurtosis: Double?
  /// Exact percentiles of the finite values; nil when there is none.
  public let percentiles: Percentiles?
  /// The sum of the magnitudes of the finite values, Σ|x|; infinite where it is too large for a double.
  public let l1Norm: Double
  /// The Euclidean norm of the finite values, √Σx²; infinite where it is too large for a double.
  public let l2Norm: Double
  /// How many values are 0 or −0.
  public let zeros: Int
  /// How many values are −0.
  public let negativeZeros: Int
  /// How many values are not 0 and, in the stored type, too small for a full number of digits. Integers never are.
  public let subnormals: Int
  /// Which part of the finite values, from 0 to 1, has a magnitude below `nearZeroDeviations` standard deviations; nil
  /// when there is none.
  public let nearZeroFraction: Double?
  /// How many values are NaN.
  public let nan: Int
  /// How many values are +∞.
  public let positiveInfinity: Int
  /// How many values are −∞.
  public let negativeInfinity: Int
  /// The place of the first value that is NaN or infinite; nil when all are finite.
  public let firstNonFiniteIndex: Int?
  /// How the finite values are distributed; nil when there is none.
  public let histogram: Histogram?
  /// How many bits a byte of the stored values takes at least, 0 to 8, plane by plane, the most significant byte first:
  /// the Shannon entropy −Σ p log₂ p over how often each byte occurs there, in all values. 0 for each plane of an empty
  /// tensor; no planes for a tensor with an encoding, whose blocks have none.
  public let byteEntropy: [Double]

  /// How many values are finite.
  public var finite: Int { count - nan - positiveInfinity - negativeInfinity }

  /// The largest magnitude of a finite value, max |x|; 0 when there is none.
  public var maximumNorm: Double { max(minimum?.magnitude ?? 0, maximum?.magnitude ?? 0) }
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
    var passes = StatisticsPasses(bins: bins, threads: threads, decodedSize: 0)
    self = try passes.statistics(of: [TensorPieces(tensor)])[0]
  }

  /// Statistics of several tensors of a source, in their order.
  ///
  /// The histogram's edges and some other numbers depend on all values, so all are looked at twice, and those of 64-bit
  /// types once or twice more for the percentiles. They are decoded once as far as a tensor, or several small ones
  /// together, fit in 64 MiB; what is beyond that is decoded each time. O(n) time; memory: those 64 MiB at most, and for
  /// each thread one piece of a tensor and 4 MiB of counts.
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

  /// Statistics of those tensors whose values are numbers; nil for the others. As `all(of:in:bins:threads:)` otherwise.
  ///
  /// - Throws: any error of the source.
  public static func ofNumbers(
    of tensors: [TensorDescription], in source: any ModelSource, threads: Int? = nil
  ) throws(ModelFormatError) -> [TensorStatistics?] {
    var numbers = try all(of: tensors.filter(\.hasNumbers), in: source, threads: threads).makeIterator()
    return tensors.map { $0.hasNumbers ? numbers.next() : nil }
  }

  init(_ survey: TensorSurvey, _ distribution: Distribution, of pieces: TensorPieces) {
    let (extent, moments) = (survey.summary.extent, survey.summary.moments)
    count = extent.count
    rawByteCount = pieces.encodedByteCount
    minimum = extent.isEmpty ? nil : extent.minimum
    maximum = extent.isEmpty ? nil : extent.maximum
    minimumIndex = extent.minimumIndex
    maximumIndex = extent.maximumIndex
    mean = extent.isEmpty ? nil : moments.mean
    standardDeviation = extent.isEmpty ? nil : moments.standardDeviation
    // What rounding leaves of many equal values may add up.
    let isConstant = extent.isEmpty || extent.minimum == extent.maximum
    skewness = isConstant ? nil : moments.skewness
    excessKurtosis = isConstant ? nil : moments.excessKurtosis
    percentiles = Percentiles(survey.ranks.numbers, count: survey.ranks.finiteCount)
    l1Norm = moments.l1Norm
    l2Norm = moments.l2Norm
    zeros = extent.zeros
    negativeZeros = extent.negativeZeros
    subnormals = extent.subnormals
    let finite = extent.count - extent.nan - extent.positiveInfinity - extent.negativeInfinity
    nearZeroFraction = extent.isEmpty ? nil : Double(distribution.nearZeros) / Double(finite)
    nan = extent.nan
    positiveInfinity = extent.positiveInfinity
    negativeInfinity = extent.negativeInfinity
    firstNonFiniteIndex = extent.firstNonFiniteIndex
    histogram = distribution.histogram
    byteEntropy = pieces.isEncoded ? [] : survey.byteEntropy
  }
}
