import BinaryIO

/// The values of one tensor, chunk by chunk, in order. Each chunk is verified before it is handed out.
package struct TensorChunkReader {
  private let container: ContainerReader
  private let tensor: TensorDescription
  private let chunkSize: Int
  private var chunks: ArraySlice<SectionEntry>
  private var bytesLeft: Int

  /// The largest size that a chunk of this tensor has, in bytes.
  package var largestSize: Int { min(chunkSize, tensor.byteCount) }
  /// The size of the next chunk in bytes; 0 at the end.
  package var nextSize: Int { min(chunkSize, bytesLeft) }

  init(
    container: ContainerReader, tensor: TensorDescription, chunks: ArraySlice<SectionEntry>, chunkSize: Int
  ) {
    self.container = container
    self.tensor = tensor
    self.chunks = chunks
    self.chunkSize = chunkSize
    bytesLeft = tensor.byteCount
  }

  /// Decodes the next chunk into `buffer`, whose size must be `nextSize`.
  ///
  /// - Throws: any error about the chunk, with section, tensor and offset.
  package mutating func next(into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    guard let chunk = chunks.first else { return }
    do {
      let payload = try container.payload(of: chunk)
      try payload.withBytes { (bytes) throws(ModelFormatError) in try TensorChunk.decode(bytes, into: buffer) }
    } catch {
      throw error.at(
        path: container.source.name, section: chunk.type.description, tensor: tensor.name, offset: chunk.offset)
    }
    chunks.removeFirst()
    bytesLeft -= buffer.count
  }
}
