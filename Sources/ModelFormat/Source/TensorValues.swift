/// The values of one tensor, wherever they are stored, readable piece by piece on several threads at once.
public protocol TensorValues: Sendable {
  /// The size of all values in bytes.
  var byteCount: Int { get }
  /// Reads that start at a multiple of this many bytes and are so long, or reach the end, cost the least.
  var pieceSize: Int { get }
  /// Whether the values lie in memory as they are, so that `withValues(in:_:)` neither decodes nor copies anything.
  var isInMemory: Bool { get }
  /// Fills `buffer` with the values from `offset` on. What is handed out has been verified.
  ///
  /// - Throws: `invalidTensor` when the range does not lie inside the values, or holds a boolean that is neither 0 nor 1;
  ///   any error about the place where they are stored.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError)
  /// The element that all values of a piece equal, where that shows without decoding it; nil where it does not, and for
  /// a piece whose reading would end in an error. What is said has been verified. O(1).
  ///
  /// - Parameter index: the number of the piece: `pieceSize` bytes, or what is left at the end.
  func repeatedElement(ofPiece index: Int) -> RepeatedElement?
  /// Calls `body` with the values in `range`, at an address that is good only for the call.
  func withValues<Result>(
    in range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(ModelFormatError) -> Result
  ) throws(ModelFormatError) -> Result
}

extension TensorValues {
  /// 1 MiB, as large as the chunks of our own files.
  public var pieceSize: Int { 1 << 20 }

  /// Nothing lies in memory unless it is said to.
  public var isInMemory: Bool { false }

  /// Nothing is known of values that are stored as they are.
  public func repeatedElement(ofPiece index: Int) -> RepeatedElement? { nil }

  /// How many pieces the values have.
  package var pieceCount: Int { byteCount / pieceSize + (byteCount % pieceSize == 0 ? 0 : 1) }

  /// Refuses to read what is not there.
  package func checkRange(at offset: Int, count: Int) throws(ModelFormatError) {
    guard offset >= 0, offset <= byteCount, count <= byteCount - offset else {
      throw ModelFormatError(
        .invalidTensor, expected: "a range inside of the \(byteCount) bytes of values",
        found: "\(count) bytes from \(offset) on")
    }
  }

  /// Where a piece is among the values.
  package func range(ofPiece index: Int) -> Range<Int> {
    index * pieceSize..<min((index + 1) * pieceSize, byteCount)
  }

  /// Reads the values into memory that is given back after the call.
  public func withValues<Result>(
    in range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(ModelFormatError) -> Result
  ) throws(ModelFormatError) -> Result {
    let values = UnsafeMutableRawBufferPointer.allocate(byteCount: range.count, alignment: 64)
    defer { unsafe values.deallocate() }
    try unsafe read(at: range.lowerBound, into: values)
    return try unsafe body(UnsafeRawBufferPointer(values))
  }
}
