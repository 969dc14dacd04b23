import BinaryIO

/// Writes the sections of a model file front to back, and remembers them for the index.
///
/// Nothing is ever patched, so the bytes can go down a pipe; no more than one chunk is held in memory.
struct ModelWriter<Sink: ByteSink & ~Copyable>: ~Copyable {
  private var sink: Sink
  private var offset = 0
  private var index = SectionIndex(sections: [], tensors: [], chunkSize: TensorChunk.size)

  /// Starts a file.
  init(_ sink: consuming Sink) throws(ModelFormatError) {
    self.sink = sink
    try append(FileHeader.encoded())
  }

  private mutating func append(_ bytes: [UInt8]) throws(ModelFormatError) {
    do { try sink.write(bytes) } catch { throw ModelFormatError(error) }
    offset += bytes.count
  }

  mutating func write(_ type: SectionType, payload: [UInt8]) throws(ModelFormatError) {
    let checksum = CRC32.checksum(payload)
    index.sections.append(
      SectionEntry(type: type, offset: offset, length: payload.count, checksum: checksum))
    try append(SectionFrame.header(type, length: payload.count))
    try append(payload)
    var writer = ByteWriter()
    writer.writeLittleEndian(checksum)
    try append(writer.bytes)
  }

  mutating func write(_ type: SectionType, _ value: StructuredValue) throws(ModelFormatError) {
    try write(type, payload: try StructuredPayload.encoded(value))
  }

  mutating func write(_ tensor: Tensor) throws(ModelFormatError) {
    index.tensors.append(tensor.description)
    var start = 0
    while start < tensor.bytes.count {
      let end = min(start + index.chunkSize, tensor.bytes.count)
      let payload = try tensor.bytes.withBytes { (buffer) throws(ModelFormatError) in
        try TensorChunk.encoded(UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
      }
      try write(.chunk, payload: payload)
      start = end
    }
  }

  /// Writes index and trailer, and gives the sink back.
  consuming func finish() throws(ModelFormatError) -> Sink {
    let indexOffset = offset
    try write(.index, index.structured)
    try append(FileTrailer.encoded(indexOffset: indexOffset, fileSize: offset + FileTrailer.size))
    return sink
  }
}

extension ModelWriter where Sink: ~Copyable {
  /// Writes everything that a model holds.
  mutating func write(_ model: Model) throws(ModelFormatError) {
    if let topology = model.topology { try write(.topology, topology.structured) }
    if !model.metadata.entries.isEmpty { try write(.metadata, model.metadata.structured) }
    if !model.history.columns.isEmpty { try write(.history, model.history.structured) }
    for section in model.unknownSections { try write(section.type, payload: section.payload) }
    for tensor in model.tensors { try write(tensor) }
  }
}
