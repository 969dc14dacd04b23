import Formatting
import ModelExchange
import ModelFormat
import NPY

/// All values of a tensor as a file of NumPy.
struct ValueNPY {
  /// How many bytes are read at a time.
  private static let pieceSize = 1 << 20

  let tensor: TensorDescription
  let values: any TensorValues
  private let header: [UInt8]

  /// - Throws: any error about the values; `CommandFailure` for a type that NumPy does not have.
  init(_ file: any ModelFile, _ inspected: Inspection.InspectedTensor) throws {
    tensor = inspected.description
    values = try file.values(at: inspected.place)
    guard let header = NPYHeader(tensor) else {
      throw CommandFailure.usage(
        "--format npy: NumPy has no \(tensor.dataType.rawValue), the type of \(Text.name(tensor.name)); use --format csv"
      )
    }
    self.header = header.encoded
  }

  /// Calls `write` with the bytes of the file, some at a time.
  func write(_ write: ([UInt8]) throws -> Void) throws {
    try write(header)
    for start in stride(from: 0, to: values.byteCount, by: ValueNPY.pieceSize) {
      let end = min(start + ValueNPY.pieceSize, values.byteCount)
      try write(
        try unsafe values.withValues(in: start..<end) { (bytes) throws(ModelFormatError) in unsafe Array(bytes) })
    }
  }
}
