import IDX
import ModelFormat
import NeuralNetwork

/// From IDX arrays to what networks take in.
enum InputPreparation {
  /// The key of the metadata that says what becomes of missing values; without it they are refused.
  static let missingValuesKey = "data.missing_values"

  /// What a model says of missing values.
  static func missingValues(_ metadata: Attributes) -> MissingValues {
    guard case .string(let name) = metadata[missingValuesKey] else { return .refuse }
    return MissingValues(rawValue: name) ?? .refuse
  }

  /// What training does to raw values. Unless told otherwise it brings grey levels to 0…1, and leaves everything else
  /// as it is.
  static func preprocessing(for samples: IDXArray, _ normalization: Normalization? = nil) throws -> Preprocessing {
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

  /// Refuses 64-bit numbers that are too large for 32 bits, with which networks work. They would become infinite. O(n).
  ///
  /// - Parameter what: what the array holds, for the message.
  static func requireFloats(_ array: IDXArray, _ what: String) throws {
    guard array.header.elementType == .float64 else { return }
    let values = array.elements(as: Double.self)
    guard let index = values.firstIndex(where: { $0.isFinite && !Float($0).isFinite }) else { return }
    let perItem = max(array.header.elementsPerItem, 1)
    throw CommandFailure.badData(
      "\(what): value \(index % perItem) of sample \(index / perItem): expected a number that 32-bit floating point can "
        + "hold, found \(values[index]); scale the values before")
  }

  /// The inputs of a network. Bytes stay bytes until a mini-batch needs them.
  static func inputs(_ array: IDXArray, _ preprocessing: Preprocessing) throws -> DatasetInputs<Float> {
    let (scale, offset) = (Float(preprocessing.scale), Float(preprocessing.offset))
    let width = max(array.header.elementsPerItem, 1)
    if array.header.elementType == .uint8 {
      return try DatasetInputs(bytes: array.bytes, width: width, scale: scale, offset: offset)
    }
    var values = array.elements(as: Float.self)
    if preprocessing != .identity {
      for index in values.indices { values[index] = values[index] * scale + offset }
    }
    return try DatasetInputs(Matrix(rows: array.header.itemCount, columns: width, elements: values))
  }
}
