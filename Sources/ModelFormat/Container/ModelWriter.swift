package import BinaryIO
import Threads

/// Writes the sections of a model file front to back, and remembers them for the index.
///
/// Nothing is ever patched, so the bytes can go down a pipe; no more than a few pieces of a tensor are held in memory.
package struct ModelWriter<Sink: ByteSink & ~Copyable>: ~Copyable {
  private var sink: Sink
  /// How many bytes have been written.
  private(set) var offset = 0
  private var index = SectionIndex()
  private let compression: Compression
  private let copiesChunks: Bool
  let threads: Int
  private let pool = BufferPool()
  let limits: DecodingLimits

  /// Starts a file.
  ///
  /// - Parameters:
  ///   - threads: how many threads compress; nil for one per processor. The bytes are the same.
  ///   - copiesChunks: whether tensors that an `.nnk` file has are copied as they are stored there, whatever the compression.
  ///   - limits: those of the readers that the file is for. What they would refuse is not written.
  package init(
    _ sink: consuming Sink, compression: Compression, threads: Int? = nil, copiesChunks: Bool = false,
    limits: DecodingLimits = DecodingLimits()
  ) throws(ModelFormatError) {
    self.sink = sink
    self.copiesChunks = copiesChunks
    self.compression = compression
    self.threads = threads ?? Processors.count
    self.limits = limits
    try append(FileHeader.encoded())
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) throws(ModelFormatError) {
    do { try unsafe sink.write(bytes) } catch { throw ModelFormatError(error) }
    offset += bytes.count
  }

  mutating func append(_ bytes: [UInt8]) throws(ModelFormatError) {
    try unsafe bytes.withBytes { (buffer) throws(ModelFormatError) in try unsafe append(buffer) }
  }

  package mutating func write(
    _ type: SectionType, payload: [UInt8]
  ) throws(ModelFormatError) {
    let checksum = CRC32.checksum(payload)
    index.sections.append(SectionEntry(type: type, offset: offset, length: payload.count, checksum: checksum))
    try append(SectionFrame.header(type, length: payload.count))
    try append(payload)
    try append(SectionFrame.checksum(checksum))
  }

  /// Takes note of a section that has been written.
  mutating func note(_ section: SectionEntry) { index.sections.append(section) }

  /// Writes a section with its frame, which does not depend on where it is.
  mutating func appendFrame(
    _ frame: UnsafeRawBufferPointer, _ type: SectionType, length: Int, checksum: UInt32
  ) throws(ModelFormatError) {
    note(SectionEntry(type: type, offset: offset, length: length, checksum: checksum))
    try unsafe append(frame)
  }

  private mutating func write(_ chunk: EncodedChunk) throws(ModelFormatError) {
    index.sections.append(
      SectionEntry(type: .chunk, offset: offset, length: chunk.length, checksum: chunk.checksum))
    try append(SectionFrame.header(.chunk, length: chunk.length))
    try unsafe chunk.withPayload { (payload) throws(ModelFormatError) in try unsafe append(payload) }
    try append(SectionFrame.checksum(chunk.checksum))
  }

  mutating func write(_ type: SectionType, _ value: some StructuredEncodable) throws(ModelFormatError) {
    do { try write(type, payload: try StructuredPayload.encoded(value, limits: limits)) } catch {
      throw ModelWriter.unreadable(error.at(section: type.description))
    }
  }

  /// Refuses, before anything of them is written, tensors that readers would refuse.
  func checkTensors(_ tensors: [TensorDescription]) throws(ModelFormatError) {
    do { try limits.check(tensors) } catch { throw ModelWriter.unreadable(error) }
  }

  /// A limit is no matter of trust here: the file would be of no use.
  static func unreadable(_ error: ModelFormatError) -> ModelFormatError {
    guard error.code == .limitExceeded else { return error }
    return error.advising("not written: readers with the default limits would refuse the file")
  }

  /// Writes a tensor of the model; those of the training state come after all of them.
  package mutating func write(
    _ description: TensorDescription, _ values: any TensorValues
  ) throws(ModelFormatError) {
    index.tensors.append(try writeChunks(description, values))
  }

  mutating func writeState(_ description: TensorDescription, _ values: any TensorValues) throws(ModelFormatError) {
    index.stateTensors.append(try writeChunks(description, values))
  }

  private mutating func writeChunks(
    _ description: TensorDescription, _ values: any TensorValues
  ) throws(ModelFormatError) -> TensorEntry {
    guard compression != .none else { return try writeRaw(description, values) }
    let entry = TensorEntry(description: description, chunkSize: TensorChunk.size)
    let encoder = UnitEncoder(description, values, compression, pool)
    try OrderedPipeline.run(count: encoder.unitCount, threads: threads) { (unit) throws(ModelFormatError) in
      try encoder.chunks(ofUnit: unit)
    } consume: { (_, chunks: [EncodedChunk]) throws(ModelFormatError) in
      for chunk in chunks { try write(chunk) }
    }
    return entry
  }

  /// Writes all values as they are, in one chunk that starts at an aligned place.
  private mutating func writeRaw(
    _ description: TensorDescription, _ values: any TensorValues
  ) throws(ModelFormatError) -> TensorEntry {
    let size = description.byteCount
    let entry = TensorEntry(description: description, chunkSize: max(size, description.dataType.byteCount))
    guard size > 0 else { return entry }
    let start = offset
    let padding = TensorChunk.padding(sectionOffset: start)
    let length = 1 + padding + size
    try append(SectionFrame.header(.chunk, length: length))
    let front = [TensorChunk.Coding.raw.rawValue] + [UInt8](repeating: 0, count: padding)
    var checksum = CRC32()
    unsafe front.withUnsafeBytes { unsafe checksum.update($0) }
    try append(front)
    let unit = values.unitSize(multipleOf: TensorChunk.size)
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: min(unit, size), alignment: 64)
    defer { unsafe piece.deallocate() }
    var position = 0
    while position < size {
      let part = unsafe UnsafeMutableRawBufferPointer(rebasing: piece[..<min(piece.count, size - position)])
      try unsafe values.read(at: position, into: part)
      unsafe checksum.update(UnsafeRawBufferPointer(part))
      try unsafe append(UnsafeRawBufferPointer(part))
      position += part.count
    }
    try append(SectionFrame.checksum(checksum.value))
    index.sections.append(SectionEntry(type: .chunk, offset: start, length: length, checksum: checksum.value))
    return entry
  }

  /// The chunks of all tensors of a source, where they are to be copied.
  func storedChunks(of source: any ModelSource, count: Int) -> [StoredChunks]? {
    guard copiesChunks, let source = source as? any ChunkedSource else { return nil }
    var chunks: [StoredChunks] = []
    for place in 0..<count {
      guard let stored = source.storedChunks(at: place) else { return nil }
      chunks.append(stored)
    }
    return chunks
  }

  /// - Parameter count: how many of the tensors are the model's; the others are those of the training state.
  mutating func copyTensors(_ tensors: [StoredChunks], count: Int) throws(ModelFormatError) {
    index.tensors += tensors[..<count].map(\.entry)
    index.stateTensors += tensors[count...].map(\.entry)
    try copyChunks(tensors)
  }

  /// Writes index and trailer, and gives the sink back.
  package consuming func finish() throws(ModelFormatError) -> Sink {
    let indexOffset = offset
    do { try limits.checkSectionCount(index.sections.count) } catch { throw ModelWriter.unreadable(error) }
    try write(.index, index)
    try append(FileTrailer.encoded(indexOffset: indexOffset, fileSize: offset + FileTrailer.size))
    return sink
  }
}

extension ModelWriter where Sink: ~Copyable {
  /// Writes everything that a source holds.
  package mutating func write(_ source: any ModelSource) throws(ModelFormatError) {
    let contents = source.contents
    for tensor in contents.tensors { try tensor.checkNumbers() }
    let tensors = contents.tensors.map(\.decoded)
    try checkTensors(tensors + contents.stateTensors)
    try write(contents.parts)
    for section in try source.copyableSections() { try write(section) }
    if let values = contents.stateValues { try write(stateValues: values) }
    if let chunks = storedChunks(of: source, count: tensors.count + contents.stateTensors.count) {
      return try copyTensors(chunks, count: tensors.count)
    }
    for (place, tensor) in tensors.enumerated() { try write(tensor, try source.values(at: place)) }
    for (number, tensor) in contents.stateTensors.enumerated() {
      try writeState(tensor, try source.values(at: contents.tensors.count + number))
    }
  }
}
