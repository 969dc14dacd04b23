import IDX
import ModelFormat
import NeuralNetwork

/// From IDX arrays to what networks take in.
enum InputPreparation {
  /// What training does to raw values: grey levels are brought to 0…1, everything else is left as it is.
  static func preprocessing(for samples: IDXArray) -> Preprocessing {
    samples.header.elementType == .uint8 ? Preprocessing(scale: 1 / 255, offset: 0) : .identity
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
