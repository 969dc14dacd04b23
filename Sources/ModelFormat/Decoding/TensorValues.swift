import BinaryIO

/// The values of one tensor, wherever they are kept, readable piece by piece on several threads at once.
package protocol TensorValues: Sendable {
  /// The size of all values in bytes.
  var byteCount: Int { get }
  /// Reads that start at a multiple of this and are so long, or reach the end, cost the least.
  var pieceSize: Int { get }
  /// Fills `buffer` with the values from `offset` on. What is handed out has been verified.
  ///
  /// - Throws: `invalidTensor` when the range does not lie inside the values, or holds a boolean that is neither 0 nor 1;
  ///   any error about the place where they are kept.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError)
  /// Calls `body` with the values in `range`, at an address that is good only for the call.
  func withValues<Result>(
    in range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(ModelFormatError) -> Result
  ) throws(ModelFormatError) -> Result
}

extension TensorValues {
  /// How many pieces the values have.
  package var pieceCount: Int { byteCount / pieceSize + (byteCount % pieceSize == 0 ? 0 : 1) }

  /// Refuses to read what is not there.
  func checkRange(at offset: Int, count: Int) throws(ModelFormatError) {
    guard offset >= 0, offset <= byteCount, count <= byteCount - offset else {
      throw ModelFormatError(
        .invalidTensor, expected: "a range inside of the \(byteCount) bytes of values",
        found: "\(count) bytes from \(offset) on")
    }
  }

  /// Where a piece stands among the values.
  package func range(ofPiece index: Int) -> Range<Int> {
    index * pieceSize..<min((index + 1) * pieceSize, byteCount)
  }

  package func withValues<Result>(
    in range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(ModelFormatError) -> Result
  ) throws(ModelFormatError) -> Result {
    let values = UnsafeMutableRawBufferPointer.allocate(byteCount: range.count, alignment: 64)
    defer { values.deallocate() }
    try read(at: range.lowerBound, into: values)
    return try body(UnsafeRawBufferPointer(values))
  }
}

/// Values in memory.
package struct MemoryValues: TensorValues {
  private let bytes: [UInt8]
  package let pieceSize: Int

  package var byteCount: Int { bytes.count }

  package init(_ tensor: Tensor) {
    bytes = tensor.bytes
    pieceSize = TensorChunk.size
  }

  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    try checkRange(at: offset, count: buffer.count)
    bytes.withUnsafeBytes { source in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[offset..<offset + buffer.count]))
    }
  }

  package func withValues<Result>(
    in range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(ModelFormatError) -> Result
  ) throws(ModelFormatError) -> Result {
    try bytes.withBytes { (bytes) throws(ModelFormatError) in
      try body(UnsafeRawBufferPointer(rebasing: bytes[range]))
    }
  }
}
