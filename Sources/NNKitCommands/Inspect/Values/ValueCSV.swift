import ModelFormat
import ModelInspection

/// All values of a tensor as CSV: a line for each row of the last dimension, without a heading, as `numpy.loadtxt` reads it.
struct ValueCSV {
  /// How many elements are read at a time.
  private static let pieceSize = 1 << 16

  let elements: TensorElements

  init(_ file: any ModelFile, _ tensor: Inspection.InspectedTensor) throws {
    elements = try TensorElements(file, at: tensor.place)
  }

  /// Calls `write` with the lines, each with its end, some at a time.
  func write(_ write: (String) throws -> Void) throws {
    let (count, columns) = (elements.description.count, max(elements.description.shape.last ?? 1, 1))
    for start in stride(from: 0, to: count, by: ValueCSV.pieceSize) {
      var text = ""
      for (index, value) in try elements.texts(in: start..<min(start + ValueCSV.pieceSize, count)).enumerated() {
        text += value + ((start + index + 1) % columns == 0 ? "\n" : ",")
      }
      try write(text)
    }
  }
}
