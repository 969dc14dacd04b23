/// Why less is known of the singular values of a change than could be.
public enum SpectrumObstacle: Hashable, Sendable {
  /// LAPACK is missing, or has not come to a result, for this reason: σ₁ is that of an iteration.
  case library(String)
  /// The iteration has ended before the first five digits of σ₁ settled: it may be greater.
  case notSettled
  /// Beside the other matrices it would take too long.
  case tooMuchWork
  /// A row of the matrix has more elements than `SpectrumCost.maximumColumnCount`.
  case tooLarge
}
