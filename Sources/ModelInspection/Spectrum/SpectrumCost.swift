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
  public static let loadingSeconds = 0.01

  /// About how long the spectrum of a tensor takes in a release build, in seconds; 0 where it has none. O(1).
  ///
  /// Measured on one thread of a server processor of 2.5 GHz, from 50 × 10 to 3000 × 2000, and right there to within a third.
  public static func estimatedSeconds(of tensor: TensorDescription) -> Double {
    guard let (rows, columns, _) = Spectrum.matrix(of: tensor), columns <= maximumColumnCount else { return 0 }
    let (elements, least) = (Double(tensor.count), Double(min(rows, columns)))
    if isComplete(rows: rows, columns: columns) {
      return fixedSeconds + elements * (secondsPerShuffledElement + least * secondsPerProduct)
    }
    let shuffling = tensor.count <= maximumShuffledCount ? secondsPerShuffledElementOfLarge : 0
    let reading = tensor.count > maximumHeldCount ? secondsPerRereadElement : 0
    return elements * (secondsPerIteratedElement + shuffling + reading)
  }

  /// What the smallest matrix takes.
  private static let fixedSeconds = 4e-5
  /// Five shuffles, and the iterations for their σ₁.
  private static let secondsPerShuffledElement = 100e-9
  /// The same where the elements exceed the caches.
  private static let secondsPerShuffledElementOfLarge = 400e-9
  /// LAPACK, for each of rows · columns · min(rows, columns).
  private static let secondsPerProduct = 0.45e-9
  /// All steps of the iteration for σ₁.
  private static let secondsPerIteratedElement = 90e-9
  /// Decoding the values once for each step.
  private static let secondsPerRereadElement = 150e-9

  static func isComplete(rows: Int, columns: Int) -> Bool {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    // The count is small by then, and so is its product.
    return !overflow && count <= maximumCompleteCount && count * min(rows, columns) <= maximumProduct
  }
}
