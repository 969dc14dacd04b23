import BinaryIO
import Threads

/// A source whose tensors are, all of them, chunks of one `.nnk` file.
protocol ChunkedSource: ModelSource {
  /// The chunks of the tensor at a place; nil where they are stored otherwise.
  func storedChunks(at place: Int) -> StoredChunks?
}

/// The chunks of a tensor as they lie in a file, to be copied into another without being decoded.
struct StoredChunks: Sendable {
  let container: ContainerReader
  let entry: TensorEntry
  let chunks: ArraySlice<SectionEntry>

  /// One of the chunks.
  func chunk(_ number: Int) -> StoredChunk {
    StoredChunk(container: container, entry: entry, section: chunks[chunks.startIndex + number])
  }

  /// The same chunks under another name.
  func described(_ description: TensorDescription) -> StoredChunks {
    StoredChunks(
      container: container, entry: TensorEntry(description: description, chunkSize: entry.chunkSize), chunks: chunks)
  }
}

/// A chunk of a file that is to be copied.
struct StoredChunk: Sendable {
  /// Longer ones are copied piece by piece.
  static let largestWhole = 4 << 20

  let container: ContainerReader
  let entry: TensorEntry
  let section: SectionEntry

  var isWhole: Bool { section.length <= StoredChunk.largestWhole }

  /// The error with what it is about.
  func located(_ error: ModelFormatError) -> ModelFormatError {
    guard error.code != .file else { return error }
    return error.at(
      path: container.source.name, section: section.type.description, tensor: entry.description.name,
      offset: section.offset)
  }

  /// How many zeros stand before the values, where the file has aligned them to be mapped; nil for any other chunk.
  ///
  /// Only where the values are all in one chunk, and its size says that this was meant.
  func alignedPadding() throws(ModelFormatError) -> Int? {
    let size = entry.description.byteCount
    let padding = section.length - 1 - size
    guard size > 0, entry.chunkSize == size, padding == TensorChunk.padding(sectionOffset: section.offset) else {
      return nil
    }
    let front = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 + padding, alignment: 1)
    defer { unsafe front.deallocate() }
    do { try unsafe container.read(section, at: 0, into: front) } catch { throw located(error) }
    return unsafe front.allSatisfy { $0 == TensorChunk.Coding.raw.rawValue } ? padding : nil
  }

  /// A stretch of the payload, and its checksum.
  func piece(_ range: Range<Int>) throws(ModelFormatError) -> (bytes: PooledBuffer, checksum: CRC32) {
    let buffer = container.pool.buffer(byteCount: range.count)
    var checksum = CRC32()
    do {
      try unsafe buffer.withMemory { (memory) throws(ModelFormatError) in
        try unsafe container.read(section, at: range.lowerBound, into: memory)
        unsafe checksum.update(UnsafeRawBufferPointer(memory))
      }
    } catch { throw located(error) }
    return (buffer, checksum)
  }
}
