import BinaryIO

/// Values in memory.
package struct MemoryValues: TensorValues {
  private let bytes: [UInt8]

  package var byteCount: Int { bytes.count }
  package var isInMemory: Bool { true }

  package init(_ tensor: Tensor) { bytes = tensor.bytes }

  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    try checkRange(at: offset, count: buffer.count)
    unsafe bytes.withUnsafeBytes { source in
      unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[offset..<offset + buffer.count]))
    }
  }

  package func withValues<Result>(
    in range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(ModelFormatError) -> Result
  ) throws(ModelFormatError) -> Result {
    try unsafe bytes.withBytes { (bytes) throws(ModelFormatError) in
      try unsafe body(UnsafeRawBufferPointer(rebasing: bytes[range]))
    }
  }
}
