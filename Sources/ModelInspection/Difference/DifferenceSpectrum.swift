/// The singular values of Δ as a matrix, summed up.
///
/// A tensor of more than two dimensions is [first, product of the others]: convolutions are [out, in·kh·kw].
public struct DifferenceSpectrum: Equatable, Sendable {
  /// How many rows Δ has as a matrix.
  public let rows: Int
  /// How many columns it has.
  public let columns: Int
  /// σ₁, the greatest singular value.
  public let sigma1: Double
  /// Σσ² / σ₁²: 1 for a change of rank 1, at most min(rows, columns).
  public let stableRank: Double
  /// The least r of which the first r singular values hold 99.9 % of ‖Δ‖² = Σσ²; nil where σ₁ alone is known.
  public let rank: Int?

  /// How the singular values were found.
  public var method: Spectrum.Method { rank == nil ? .largestOnly : .complete }

  /// Whether Δ is what low-rank updates are: a rank of at most an eighth of what it could be.
  public var isLowRank: Bool { rank.map { $0 <= min(rows, columns) / 8 } ?? false }

  /// - Parameter values: the singular values, the greatest first; nil for those of a zero matrix.
  init?(rows: Int, columns: Int, singularValues values: [Double]) {
    guard let largest = values.first, largest > 0, largest.isFinite else { return nil }
    // In units of the greatest, so that no square overflows or vanishes.
    let squares = values.map { ($0 / largest) * ($0 / largest) }
    let total = squares.reduce(0, +)
    var (sum, rank) = (0.0, 0)
    for square in squares where sum < 0.999 * total {
      sum += square
      rank += 1
    }
    self.rows = rows
    self.columns = columns
    sigma1 = largest
    stableRank = total
    self.rank = rank
  }

  /// What follows from σ₁ and √(Σσ² / n), the root mean square of the n elements. nil for a zero matrix.
  init?(rows: Int, columns: Int, sigma1: Double, rootMeanSquare: Double) {
    guard sigma1 > 0, sigma1.isFinite else { return nil }
    self.rows = rows
    self.columns = columns
    self.sigma1 = sigma1
    let ratio = rootMeanSquare / sigma1
    stableRank = ratio * ratio * Double(rows) * Double(columns)
    rank = nil
  }
}
