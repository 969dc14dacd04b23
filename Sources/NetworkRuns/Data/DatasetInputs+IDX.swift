package import IDX
package import ModelFormat
package import NeuralNetwork

extension DatasetInputs<Float> {
  /// The inputs of a network. Bytes stay bytes until a mini-batch needs them. O(n) for all other types.
  ///
  /// - Throws: `NetworkError` for samples without a value, or too many.
  package init(_ array: IDXArray, _ preprocessing: Preprocessing) throws(NetworkError) {
    let (scale, offset) = (Float(preprocessing.scale), Float(preprocessing.offset))
    let width = max(array.header.elementsPerItem, 1)
    if array.header.elementType == .uint8 {
      try self.init(bytes: array.bytes, width: width, scale: scale, offset: offset)
      return
    }
    var values = array.elements(as: Float.self)
    if preprocessing != .identity {
      for index in values.indices { values[index] = values[index] * scale + offset }
    }
    try self.init(Matrix(rows: array.header.itemCount, columns: width, elements: values))
  }
}
