import BinaryIO
import MachineLimits
import Threads

extension Tensor {
  /// Loads all values, several pieces at a time.
  package init(
    _ description: TensorDescription, _ values: any TensorValues, threads: Int
  ) throws(ModelFormatError) {
    // All empty arrays share one piece of memory, and this initialiser would write to it.
    guard description.count > 0 else {
      try self.init(description, bytes: [])
      return
    }
    do { try AvailableMemory.check(byteCount: description.byteCount) } catch {
      throw error.at(tensor: description.name)
    }
    var failure: ModelFormatError?
    // Memory is not touched before the threads fill it: they share the work of getting it from the system, too.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: description.byteCount) { buffer, initialized in
      let output = UnsafeMutableRawBufferPointer(buffer)
      do throws(ModelFormatError) {
        try unsafe values.read(into: output, threads: threads)
        initialized = description.byteCount
      } catch { failure = error }
    }
    if let failure { throw failure }
    try self.init(description, bytes: bytes)
  }
}

extension TensorValues {
  /// Reads all values, several pieces at a time.
  ///
  /// - Parameter output: room for them, which is best not touched before.
  /// - Throws: any error about the place where they are kept.
  package func read(into output: UnsafeMutableRawBufferPointer, threads: Int) throws(ModelFormatError) {
    unsafe LargePages.advise(output)
    try OrderedPipeline.run(count: pieceCount, threads: threads) { (piece) throws(ModelFormatError) in
      let range = range(ofPiece: piece)
      try unsafe read(at: range.lowerBound, into: UnsafeMutableRawBufferPointer(rebasing: output[range]))
    } consume: { (_, _) throws(ModelFormatError) in
    }
  }
}
