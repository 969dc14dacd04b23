import IDX
import ModelFormat
public import NeuralNetwork

/// How raw input values are scaled.
public enum Normalization: String, CaseIterable, Sendable {
  /// Not at all.
  case none
  /// The least value of the training data becomes 0, the greatest 1.
  case range
  /// The values of the training data get the mean 0 and the standard deviation 1.
  case standard
}

/// What is done to raw input values before a network learns from them.
public struct InputPreparation: Hashable, Sendable {
  /// How they are scaled; nil brings grey levels, which are bytes, to 0…1, and leaves all else as it is.
  public var normalization: Normalization?
  /// What becomes of missing ones.
  public var missing: MissingValues

  /// The usual preparation, unless told otherwise.
  public init(normalization: Normalization? = nil, missing: MissingValues = .refuse) {
    self.normalization = normalization
    self.missing = missing
  }

  /// The map of raw values to what a network receives. O(n).
  ///
  /// - Throws: `NetworkError` where no value is finite, or their spread is not.
  func preprocessing(for samples: IDXArray) throws(NetworkError) -> Preprocessing {
    switch normalization {
    case .some(.none): return .identity
    case nil:
      return samples.header.elementType == .uint8 ? Preprocessing(scale: 1 / 255, offset: 0) : .identity
    case .range:
      let scaling = try InputScaling.unitRange(samples.elements(as: Float.self))
      return Preprocessing(scale: scaling.scale, offset: scaling.offset)
    case .standard:
      let scaling = try InputScaling.standardizing(samples.elements(as: Float.self))
      return Preprocessing(scale: scaling.scale, offset: scaling.offset)
    }
  }
}
