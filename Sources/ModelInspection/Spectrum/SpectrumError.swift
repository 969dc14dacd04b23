public import ModelFormat

/// Why a tensor has no spectrum.
public enum SpectrumError: Error, Equatable, Sendable, CustomStringConvertible {
  /// It is no matrix of floating-point values, or an empty one.
  case noMatrix(shape: [Int], dataType: DataType)
  /// So many of its values are NaN or infinite.
  case nonFinite(count: Int)
  /// A row is longer than `SpectrumCost.maximumColumnCount`.
  case tooLarge(columns: Int)
  /// LAPACK could not be loaded, or did not come to a result.
  case library(String)
  /// The values could not be read.
  case values(ModelFormatError)

  /// Why, in words.
  public var description: String {
    switch self {
    case .noMatrix(let shape, let type):
      "a spectrum needs a floating-point tensor with 2 dimensions, or 4 of a kernel, found \(type.rawValue) \(shape)"
    case .nonFinite(let count):
      "a spectrum needs finite values, found \(count) that \(count == 1 ? "is" : "are") not"
    case .tooLarge(let columns):
      "a spectrum needs rows of at most \(SpectrumCost.maximumColumnCount) elements, found \(columns)"
    case .library(let reason): reason
    case .values(let error): "\(error)"
    }
  }
}
