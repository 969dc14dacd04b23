public import ModelFormat

/// What the spectrum of a tensor costs, before it is computed.
public enum SpectrumCost {
  /// Up to so many elements, and `maximumProduct`, all singular values are computed.
  public static let maximumCompleteCount = 1 << 22
  /// Up to this rows · columns · min(rows, columns) all singular values are computed: about 3 seconds.
  public static let maximumProduct = 1 << 32
  /// Up to so many elements, 32 MiB as `Double`, they are shuffled.
  public static let maximumShuffledCount = 1 << 22
  /// Up to so many elements, 128 MiB as `Double`, a matrix is held in memory. Larger ones are read once for each step of
  /// the iteration.
  public static let maximumHeldCount = 1 << 24
  /// Longer rows have no spectrum: a few vectors as long as one have to be held.
  public static let maximumColumnCount = 1 << 22

  /// What loading LAPACK costs, once for all spectra of a process, in seconds.
  public static let loadingSeconds = 0.008

  /// About how long the spectrum of a tensor takes in a release build, in seconds; 0 where it has none. O(1).
  ///
  /// Calibrated on one thread of a 2.5 GHz server processor; a guess within a factor of 2 elsewhere.
  public static func estimatedSeconds(of tensor: TensorDescription) -> Double {
    guard let (rows, columns, _) = Spectrum.matrix(of: tensor) else { return 0 }
    let (elements, least) = (Double(tensor.count), Double(min(rows, columns)))
    let decoding = elements * 2e-9
    let iteration = elements * secondsPerElementAndIteration
    let shuffles = tensor.count <= maximumShuffledCount ? 5 * (elements * secondsPerShuffledElement) : 0
    let steps = isComplete(rows: rows, columns: columns) ? 0.0 : 60
    let stepsOfShuffles = tensor.count <= maximumShuffledCount ? 5 * 40.0 : 0
    let lapack = isComplete(rows: rows, columns: columns) ? 2e-5 + elements * least * secondsPerProduct : 0
    let rereading = tensor.count > maximumHeldCount ? steps * decoding : 0
    return decoding + rereading + shuffles + (steps + stepsOfShuffles) * iteration + lapack
  }

  private static let secondsPerElementAndIteration = 0.8e-9
  private static let secondsPerShuffledElement = 5e-9
  private static let secondsPerProduct = 0.7e-9

  static func isComplete(rows: Int, columns: Int) -> Bool {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    // The count is small by then, and so is its product.
    return !overflow && count <= maximumCompleteCount && count * min(rows, columns) <= maximumProduct
  }
}
