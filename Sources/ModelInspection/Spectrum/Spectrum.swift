public import ModelFormat

/// What the singular values σ₁ ≥ σ₂ ≥ … of a matrix say of it.
///
/// A tensor with two dimensions is a matrix as it is stored. A kernel [out, in, height, width] is taken as the matrix
/// [out, in · height · width]: that is the map from a window to the values at one place of the output, not the
/// convolution of a whole image. Only floating-point values are weights; integers have no spectrum.
public struct Spectrum: Equatable, Sendable {
  /// How many singular values are kept for a picture.
  public static let maximumValueCount = 512

  /// How the singular values were found.
  public enum Method: String, Sendable {
    /// All of them, by LAPACK's `dgesdd`.
    case complete
    /// σ₁ alone, by the iteration of Lanczos: the matrix is too large for all of them.
    case largestOnly = "largest-only"
  }

  /// The rows of the matrix.
  public let rows: Int
  /// The columns of the matrix.
  public let columns: Int
  /// Whether the tensor is a convolution's kernel, [out, in, height, width], taken as [out, in · height · width].
  public let isKernel: Bool
  /// How the singular values were found. What is nil for `largestOnly` is said at each number.
  public let method: Method
  /// Whether the first five digits of σ₁ are certain. Where they are not, the iteration has ended before they settled: σ₁
  /// may be greater than `sigma1`, and the stable rank less.
  public let isSettled: Bool
  /// σ₁, the greatest singular value: how much the matrix stretches a vector at most. Infinite where it exceeds the
  /// numbers that `Double` has.
  public let sigma1: Double
  /// Σσ² / σ₁², from 1 to min(rows, columns): how many directions carry the matrix (Rudelson and Vershynin, 2007). nil
  /// if all elements are 0.
  public let stableRank: Double?
  /// exp(−Σ p ln p) with p = σ² / Σσ², from 1 to min(rows, columns): the number of equally strong directions that would
  /// have the same entropy (Roy and Vetterli, 2007, with σ² for σ). nil if all elements are 0, and for `largestOnly`.
  public let effectiveRank: Double?
  /// How many singular values exceed `rankTolerance`. nil for `largestOnly`.
  public let rank: Int?
  /// σ₁ · max(rows, columns) · ε, NumPy's rule in `matrix_rank`. ε is 2⁻⁵² for f64, and 2⁻²³ for f32 and all shorter
  /// types: the ε of f16 or bf16 would call every matrix of some hundred rows singular.
  public let rankTolerance: Double
  /// σ₁ / σ_min, from 1; nil where σ_min is 0 or the quotient exceeds the numbers that `Double` has, and for
  /// `largestOnly`.
  public let condition: Double?
  /// σ₁ over the mean σ₁ of five matrices with the same elements in random order: far above 1 where rows and columns
  /// have a structure, about 1 where there is none, as in fresh weights. The seeds are fixed. nil if all elements are
  /// 0, and above `SpectrumCost.maximumShuffledCount` elements.
  public let shuffledSigma1Ratio: Double?
  /// The singular values, the greatest first: all if there are at most `maximumValueCount`, otherwise so many evenly
  /// spread ones with the first and the last. σ₁ alone for `largestOnly`.
  public let values: [Double]

  /// How many singular values the matrix has.
  public var valueCount: Int { min(rows, columns) }

  /// The rows and columns that a tensor has as a matrix; nil if it is none, is empty or holds no floating-point values.
  public static func matrix(
    of tensor: TensorDescription
  ) -> (rows: Int, columns: Int, isKernel: Bool)? {
    guard tensor.hasNumbers, tensor.dataType.isFloatingPoint, tensor.count > 0 else { return nil }
    let isKernel = tensor.shape.count == 4
    guard isKernel || tensor.shape.count == 2 else { return nil }
    return (tensor.shape[0], tensor.count / tensor.shape[0], isKernel)
  }
}
