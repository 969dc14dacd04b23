import IDX
import NeuralNetwork

/// An IDX file of class numbers (uint8, or int32 for more than 256 classes), or of float32 outputs.
struct IDXPredictionWriter: PredictionWriter {
  let form: PredictionForm
  let count: Int

  func beginning() throws -> [UInt8] {
    if form.isClassifier {
      return try IDXHeader(elementType: form.outputs > 256 ? .int32 : .uint8, dimensions: [count]).encoded
    }
    return try IDXHeader(elementType: .float32, dimensions: [count, form.outputs]).encoded
  }

  func rows(_ outputs: Matrix<Float>, firstIndex: Int) -> [UInt8] {
    if form.isClassifier {
      let best = (0..<outputs.rows).map { PredictionForm.best(outputs.row($0)) }
      return form.outputs > 256
        ? best.flatMap { bigEndian(UInt32(truncatingIfNeeded: $0)) }
        : best.map { UInt8(truncatingIfNeeded: $0) }
    }
    return outputs.elements.flatMap { bigEndian($0.bitPattern) }
  }

  private func bigEndian(_ value: UInt32) -> [UInt8] {
    unsafe withUnsafeBytes(of: value.bigEndian) { unsafe Array($0) }
  }
}
