import BinaryIO
import ModelFormat
import Threads

extension TensorValues {
  /// Writes all values to a sink, in order. No more than a few pieces are held in memory.
  ///
  /// - Parameter threads: how many threads read and decode.
  func write<Sink: ByteSink & ~Copyable>(to sink: inout Sink, threads: Int) throws(ModelFormatError) {
    var repetitions = Repetitions()
    try OrderedPipeline.run(count: pieceCount, threads: threads) { (piece) throws(ModelFormatError) in
      let range = range(ofPiece: piece)
      if let element = repeatedElement(ofPiece: piece) { return .repeated(element, byteCount: range.count) }
      var bytes = [UInt8](repeating: 0, count: range.count)
      try unsafe bytes.withMutableBytes { (buffer) throws(ModelFormatError) in
        try unsafe read(at: range.lowerBound, into: buffer)
      }
      return .bytes(bytes)
    } consume: { (_, piece: Piece) throws(ModelFormatError) in
      do throws(FileError) {
        switch piece {
        case .bytes(let bytes): try sink.write(bytes)
        case .repeated(let element, let byteCount): try repetitions.write(element, byteCount: byteCount, to: &sink)
        }
      } catch { throw ModelFormatError(error) }
    }
  }
}

/// A piece on its way into the file.
private enum Piece: Sendable {
  case bytes([UInt8])
  case repeated(RepeatedElement, byteCount: Int)
}

/// Writes one element many times, from memory that is filled once for as long as the element stays the same.
private struct Repetitions {
  /// Small enough to stay in the processor's cache.
  private static let size = 1 << 18

  private var element: RepeatedElement?
  private var bytes: [UInt8] = []

  mutating func write<Sink: ByteSink & ~Copyable>(
    _ element: RepeatedElement, byteCount: Int, to sink: inout Sink
  ) throws(FileError) {
    if self.element != element || bytes.count < min(byteCount, Repetitions.size) {
      self.element = element
      bytes = [UInt8](repeating: 0, count: min(byteCount, Repetitions.size))
      unsafe bytes.withUnsafeMutableBytes { unsafe element.fill($0) }
    }
    // Pieces and buffer hold whole elements.
    var left = byteCount
    while left > 0 {
      let count = min(left, bytes.count)
      try unsafe bytes.withBytes { (buffer) throws(FileError) in
        try unsafe sink.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
      left -= count
    }
  }
}
