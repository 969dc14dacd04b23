// The standard library's `withUnsafeBytes` rethrows untyped; these keep the error's type.

extension [UInt8] {
  /// Calls `body` with the bytes of this array.
  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe withUnsafeBufferPointer { (buffer) throws(Failure) in try unsafe body(UnsafeRawBufferPointer(buffer)) }
  }

  /// Calls `body` with the bytes of this array, for writing.
  package mutating func withMutableBytes<Result, Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe withUnsafeMutableBufferPointer { (buffer) throws(Failure) in
      try unsafe body(UnsafeMutableRawBufferPointer(buffer))
    }
  }
}
