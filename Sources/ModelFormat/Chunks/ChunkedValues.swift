import BinaryIO

/// Values in the chunks of a model file.
struct ChunkedValues: TensorValues {
  private let container: ContainerReader
  private let tensor: TensorDescription
  private let chunkSize: Int
  private let chunks: ArraySlice<SectionEntry>
  /// The number of bytes before the values in a chunk that holds them all as they are; nil for any other tensor.
  private let rawStart: Int?

  let pieceSize: Int
  var byteCount: Int { tensor.byteCount }

  /// Memory is taken for a tensor only after its chunks have been found to be able to make up its size.
  init(
    _ container: ContainerReader, _ entry: TensorEntry, chunks: ArraySlice<SectionEntry>
  ) throws(ModelFormatError) {
    self.container = container
    self.chunks = chunks
    tensor = entry.description
    chunkSize = entry.chunkSize
    do throws(ModelFormatError) {
      for (number, chunk) in chunks.enumerated()
      where chunk.length < ChunkPlanes.leastLength(tensor.dataType) {
        // A constant plane makes any size out of one byte, so only a chunk too short for planes is bounded by its own.
        let size = min(chunkSize, tensor.byteCount - number * chunkSize)
        try StructuredPayload.checkExpansion(stored: chunk.length, declared: size)
      }
      rawStart = try ChunkedValues.rawStart(container, entry, chunks)
      // A chunk is in memory both as it is stored and as it is read.
      let stored = chunks.reduce(0) { max($0, $1.length) }
      let largest = max(min(chunkSize, tensor.byteCount), stored - TensorChunk.alignment)
      guard rawStart != nil || largest <= container.limits.chunkSize else {
        throw ModelFormatError(
          .limitExceeded, expected: "compressed chunks of at most \(container.limits.chunkSize) bytes",
          found: "\(largest)")
      }
    } catch { throw error.at(path: container.source.name, tensor: entry.description.name) }
    pieceSize = rawStart == nil ? chunkSize : TensorChunk.size
  }

  /// A raw chunk that is large, or larger than the limit, is verified once, in pieces, and its values are then read where
  /// they are.
  private static func rawStart(
    _ container: ContainerReader, _ entry: TensorEntry, _ chunks: ArraySlice<SectionEntry>
  ) throws(ModelFormatError) -> Int? {
    let size = entry.description.byteCount
    let largest = min(TensorChunk.size, container.limits.chunkSize)
    guard chunks.count == 1, let chunk = chunks.first, size > largest, chunk.length > size else { return nil }
    let padding = chunk.length - 1 - size
    guard padding < TensorChunk.alignment else { return nil }
    try container.verify(chunk)
    let start = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 + padding, alignment: 1)
    defer { unsafe start.deallocate() }
    try unsafe container.read(chunk, at: 0, into: start)
    guard unsafe start[0] == TensorChunk.Coding.raw.rawValue else { return nil }
    guard unsafe start[1...].allSatisfy({ $0 == 0 }) else {
      throw TensorChunk.wrongPadding.at(section: "CHNK", offset: chunk.offset)
    }
    return 1 + padding
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    do { try checkRange(at: offset, count: buffer.count) } catch {
      throw error.at(path: container.source.name, tensor: tensor.name)
    }
    if let rawStart, let chunk = chunks.first {
      do {
        try unsafe container.read(chunk, at: rawStart + offset, into: buffer)
        return try unsafe tensor.checkBooleans(UnsafeRawBufferPointer(buffer), from: offset)
      } catch { throw located(error, chunk) }
    }
    var filled = 0
    while filled < buffer.count {
      let number = (offset + filled) / chunkSize
      let start = number * chunkSize
      let size = min(chunkSize, byteCount - start)
      let skipped = offset + filled - start
      let count = min(size - skipped, buffer.count - filled)
      let target = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<filled + count])
      if count == size {
        try unsafe decode(number, into: target)
      } else if let element = repeatedElement(ofPiece: number) {
        unsafe element.fill(target, from: skipped)
      } else {
        let whole = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)
        defer { unsafe whole.deallocate() }
        try unsafe decode(number, into: whole)
        unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: whole[skipped..<skipped + count]))
      }
      filled += count
    }
  }

  func repeatedElement(ofPiece index: Int) -> RepeatedElement? {
    // Its length shows whether a chunk is worth a look.
    guard rawStart == nil, index < chunks.count, case let chunk = chunks[chunks.startIndex + index],
      chunk.length == ChunkPlanes.constantLength(tensor.dataType)
    else { return nil }
    // Whoever reads the chunk is told of an error then, in its place among others.
    let element = try? unsafe container.withPayload(of: chunk) { (payload) throws(ModelFormatError) in
      unsafe TensorChunk.repeatedElement(payload, tensor.dataType)
    }
    guard let element, tensor.dataType != .boolean || element.bits <= 1 else { return nil }
    return element
  }

  private func decode(_ number: Int, into output: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    let chunk = chunks[chunks.startIndex + number]
    do {
      try unsafe container.withPayload(of: chunk) { (payload) throws(ModelFormatError) in
        try unsafe TensorChunk.decode(payload, tensor.dataType, into: output, pool: container.pool)
      }
      try unsafe tensor.checkBooleans(UnsafeRawBufferPointer(output), from: number * chunkSize)
    } catch { throw located(error, chunk) }
  }

  private func located(_ error: ModelFormatError, _ chunk: SectionEntry) -> ModelFormatError {
    error.at(
      path: container.source.name, section: chunk.type.description, tensor: tensor.name, offset: chunk.offset)
  }
}
