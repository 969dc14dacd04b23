import ModelFormat
import NeuralNetwork
import Threads

/// The values of a tensor as numbers of a network.
struct TensorConversion {
  private let type: DataType
  private let values: any TensorValues

  init(_ type: DataType, _ values: any TensorValues) {
    self.type = type
    self.values = values
  }

  /// Fills `buffer`, several pieces at a time: values of its own type as they are, others rounded to nearest.
  ///
  /// - Parameter buffer: Room for all values, not yet initialised.
  /// - Throws: Any error about where the values are kept.
  func read<Scalar: NetworkScalar>(
    into buffer: UnsafeMutableBufferPointer<Scalar>, threads: Int
  ) throws(ModelFormatError) {
    let memory = UnsafeMutableRawBufferPointer(buffer)
    if Scalar.self == Float.self {
      let floats = unsafe memory.bindMemory(to: Float.self)
      guard type != .float32 else { return try unsafe values.read(into: memory, threads: threads) }
      try unsafe forEachPiece(threads: threads) { (range, numbers) in
        for unsafe(place, number) in unsafe zip(range, numbers) {
          unsafe floats.initializeElement(at: place, to: Float(number))
        }
      }
    } else {
      let doubles = unsafe memory.bindMemory(to: Double.self)
      guard type != .float64 else { return try unsafe values.read(into: memory, threads: threads) }
      try unsafe forEachPiece(threads: threads) { (range, numbers) in
        for unsafe(place, number) in unsafe zip(range, numbers) {
          unsafe doubles.initializeElement(at: place, to: number)
        }
      }
    }
  }

  /// Calls `body` with the places of some elements and their values, on several threads at once.
  private func forEachPiece(
    threads: Int, _ body: (Range<Int>, UnsafeMutableBufferPointer<Double>) -> Void
  ) throws(ModelFormatError) {
    let (size, count) = (type.byteCount, values.byteCount / type.byteCount)
    let length = max(1, values.pieceSize / size)
    try OrderedPipeline.run(count: (count + length - 1) / length, threads: threads) {
      (piece) throws(ModelFormatError) in
      let range = piece * length..<min((piece + 1) * length, count)
      try unsafe values.withValues(in: range.lowerBound * size..<range.upperBound * size) {
        (bytes) throws(ModelFormatError) in
        unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count) { numbers in
          _ = unsafe ElementDecoder.decode(bytes, of: type, into: numbers)
          unsafe body(range, numbers)
        }
      }
    } consume: { (_, _) throws(ModelFormatError) in
    }
  }
}
