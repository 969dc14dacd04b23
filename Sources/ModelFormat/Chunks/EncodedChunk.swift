import BinaryIO
import Threads

/// The payload of a chunk, ready to be written.
struct EncodedChunk {
  /// The number of bytes.
  let length: Int
  /// Their CRC-32.
  let checksum: UInt32
  private let memory: PooledBuffer

  /// Encodes whole elements of a type.
  init(
    _ values: UnsafeRawBufferPointer, _ type: DataType, _ compression: Compression, _ pool: BufferPool
  ) throws(ModelFormatError) {
    memory = pool.buffer(byteCount: ChunkPlanes.bound(byteCount: values.count, type))
    (length, checksum) = try unsafe memory.withMemory { (output) throws(ModelFormatError) in
      let length = try unsafe TensorChunk.encode(values, type, compression, into: output)
      return unsafe (length, CRC32.checksum(UnsafeRawBufferPointer(rebasing: output[..<length])))
    }
  }

  /// Encodes many of one element, to the bytes that they would be encoded to one by one, in O(1); nil where these are not
  /// constant planes.
  init?(
    _ element: RepeatedElement, byteCount: Int, _ type: DataType, _ compression: Compression, _ pool: BufferPool
  ) {
    length = ChunkPlanes.constantLength(type)
    guard compression != .none, length < 1 + byteCount else { return nil }
    memory = pool.buffer(byteCount: length)
    checksum = unsafe memory.withMemory { (output) in
      unsafe TensorChunk.encode(element, type, into: output)
      return unsafe CRC32.checksum(UnsafeRawBufferPointer(output))
    }
  }

  /// Calls `body` with the bytes.
  func withPayload<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe memory.withMemory { (memory) throws(Failure) in
      try unsafe body(UnsafeRawBufferPointer(rebasing: memory[..<length]))
    }
  }
}
