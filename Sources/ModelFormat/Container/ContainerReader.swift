import BinaryIO
import Threads

/// Reads header, trailer, index and single sections, and verifies every byte of them.
struct ContainerReader: Sendable {
  let source: any RandomAccessSource
  let limits: DecodingLimits
  let index: SectionIndex
  let version: FormatVersion
  let pool: BufferPool

  /// Opens a file: header first, then trailer, then index.
  init(_ source: any RandomAccessSource, limits: DecodingLimits) throws(ModelFormatError) {
    let header = try ContainerReader.bytes(of: source, at: 0, count: min(FileHeader.size, source.byteCount))
    version = try FileHeader.decode(header)
    let indexOffset = try ContainerReader.readTrailer(source)
    let pool = BufferPool()
    self.pool = pool
    let length = source.byteCount - FileTrailer.size - indexOffset - SectionFrame.overhead
    do {
      try limits.checkStoredSize(length)
      let value = try unsafe ContainerReader.withSection(
        of: source, type: .index, at: indexOffset, length: length, checksum: nil, pool
      ) { (payload) throws(ModelFormatError) in try unsafe StructuredPayload.decode(payload, limits: limits) }
      index = try SectionIndex(structured: value, end: indexOffset, version: version, limits: limits)
    } catch { throw error.at(section: "INDX", offset: indexOffset) }
    self.source = source
    self.limits = limits
  }

  private static func readTrailer(_ source: any RandomAccessSource) throws(ModelFormatError) -> Int {
    let offset = source.byteCount - FileTrailer.size
    if offset >= FileHeader.size {
      let trailer = try bytes(of: source, at: offset, count: FileTrailer.size)
      if let index = try FileTrailer.decode(trailer, fileSize: source.byteCount) { return index }
    }
    throw try missingTrailer(source)
  }

  /// Says where a file without a trailer stops, or what follows it, by walking through its sections.
  private static func missingTrailer(
    _ source: any RandomAccessSource
  ) throws(ModelFormatError) -> ModelFormatError {
    var offset = FileHeader.size
    while offset + SectionFrame.headerSize <= source.byteCount {
      let frame = try bytes(of: source, at: offset, count: SectionFrame.headerSize)
      guard let (type, length) = try? SectionFrame.decodeHeader(frame, offset: offset) else { break }
      guard let end = CheckedArithmetic.sum(offset, length, SectionFrame.overhead), end <= source.byteCount
      else {
        return ModelFormatError(
          .truncated, section: type.description, offset: offset,
          expected: "a section of \(length) bytes, then index and trailer",
          found: "the end of the file at \(source.byteCount)")
      }
      offset = end
      let isIndex = type == .index
      if isIndex, offset + FileTrailer.size < source.byteCount {
        return ModelFormatError(
          .trailingBytes, section: "trailer", offset: offset + FileTrailer.size, expected: "the end of the file",
          found: "\(source.byteCount - offset - FileTrailer.size) more bytes")
      }
      if isIndex { break }
    }
    return ModelFormatError(
      .truncated, section: "trailer", offset: offset, expected: "sections, index and trailer",
      found: "the end of the file at \(source.byteCount), without a trailer")
  }

  /// What `decode` makes of the structured value of the only section of a type; nil when there is none.
  func structured<Part>(
    _ type: SectionType, _ decode: (EncodedValue) throws(ModelFormatError) -> Part
  ) throws(ModelFormatError) -> Part? {
    let entries = index.sections.filter { $0.type == type }
    guard let entry = entries.first else { return nil }
    guard entries.count == 1 else {
      throw ModelFormatError(
        .inconsistentLayout, section: type.description, offset: entries[1].offset,
        expected: "one section of this type", found: "\(entries.count)")
    }
    do {
      try limits.checkStoredSize(entry.length)
      // What is stored goes before anything is made of what was inflated.
      let value = try unsafe withPayload(of: entry) { (payload) throws(ModelFormatError) in
        try unsafe StructuredPayload.decode(payload, limits: limits)
      }
      return try decode(value)
    } catch { throw error.at(section: type.description, offset: entry.offset) }
  }

  /// The payload of a section that is held in memory as a whole, verified.
  func payload(of entry: SectionEntry) throws(ModelFormatError) -> [UInt8] {
    do { try limits.checkStoredSize(entry.length) } catch {
      throw error.at(section: entry.type.description, offset: entry.offset)
    }
    return try unsafe withPayload(of: entry) { unsafe Array($0) }
  }

  /// Calls `body` with the payload of a section, once it is verified.
  func withPayload<Result>(
    of entry: SectionEntry, _ body: (UnsafeRawBufferPointer) throws(ModelFormatError) -> Result
  ) throws(ModelFormatError) -> Result {
    do {
      return try unsafe ContainerReader.withSection(
        of: source, type: entry.type, at: entry.offset, length: entry.length, checksum: entry.checksum, pool, body)
    } catch { throw error.at(section: entry.type.description, offset: entry.offset) }
  }

  private static func withSection<Result>(
    of source: any RandomAccessSource, type: SectionType, at offset: Int, length: Int, checksum: UInt32?,
    _ pool: BufferPool, _ body: (UnsafeRawBufferPointer) throws(ModelFormatError) -> Result
  ) throws(ModelFormatError) -> Result {
    let frame = try frame(of: source, type: type, at: offset, length: length, checksum: checksum, pool)
    return try unsafe frame.withMemory { (section) throws(ModelFormatError) in
      let payload = SectionFrame.headerSize..<SectionFrame.headerSize + length
      return try unsafe body(UnsafeRawBufferPointer(rebasing: section[payload]))
    }
  }

  /// A section with its frame, verified.
  private static func frame(
    of source: any RandomAccessSource, type: SectionType, at offset: Int, length: Int, checksum: UInt32?,
    _ pool: BufferPool
  ) throws(ModelFormatError) -> PooledBuffer {
    let frame = pool.buffer(byteCount: length + SectionFrame.overhead)
    try unsafe frame.withMemory { (section) throws(ModelFormatError) in
      try unsafe read(source, at: offset, into: section)
      try unsafe checkHeader(Array(section[..<SectionFrame.headerSize]), type: type, length: length, offset: offset)
      let end = SectionFrame.headerSize + length
      let payload = unsafe UnsafeRawBufferPointer(rebasing: section[SectionFrame.headerSize..<end])
      let stored = unsafe UInt32(littleEndian: section.loadUnaligned(fromByteOffset: end, as: UInt32.self))
      try unsafe check(CRC32.checksum(payload), stored: stored, indexed: checksum, offset: offset)
    }
    return frame
  }

  /// A section with its frame, verified.
  func frame(of entry: SectionEntry) throws(ModelFormatError) -> PooledBuffer {
    try ContainerReader.frame(
      of: source, type: entry.type, at: entry.offset, length: entry.length, checksum: entry.checksum, pool)
  }

  private static func checkHeader(
    _ bytes: [UInt8], type: SectionType, length: Int, offset: Int
  ) throws(ModelFormatError) {
    let frame = try SectionFrame.decodeHeader(bytes, offset: offset)
    guard frame.type == type, frame.length == length else {
      throw ModelFormatError(
        .inconsistentLayout, offset: offset, expected: "\(type) of \(length) bytes, as the index says",
        found: "\(frame.type) of \(frame.length) bytes")
    }
  }

  private static func check(
    _ computed: UInt32, stored: UInt32, indexed: UInt32?, offset: Int
  ) throws(ModelFormatError) {
    guard computed == stored, computed == indexed ?? stored else {
      throw ModelFormatError(
        .checksumMismatch, offset: offset,
        expected: hexadecimal(computed == stored ? indexed ?? stored : stored), found: hexadecimal(computed))
    }
  }

  /// Verifies a section without holding more than a small part of it.
  func verify(_ entry: SectionEntry) throws(ModelFormatError) {
    do {
      try checkFrame(of: entry)
      let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
      defer { unsafe piece.deallocate() }
      var (checksum, position) = (CRC32(), 0)
      while position < entry.length {
        let part = unsafe UnsafeMutableRawBufferPointer(rebasing: piece[..<min(piece.count, entry.length - position)])
        try unsafe ContainerReader.read(source, at: entry.offset + SectionFrame.headerSize + position, into: part)
        unsafe checksum.update(UnsafeRawBufferPointer(part))
        position += part.count
      }
      try check(checksum, of: entry)
    } catch { throw error.at(section: entry.type.description, offset: entry.offset) }
  }

  /// Verifies what stands before the payload of a section.
  func checkFrame(of entry: SectionEntry) throws(ModelFormatError) {
    let header = try ContainerReader.bytes(of: source, at: entry.offset, count: SectionFrame.headerSize)
    try ContainerReader.checkHeader(header, type: entry.type, length: entry.length, offset: entry.offset)
  }

  /// Compares the checksum of a whole payload with the two that are stored.
  func check(_ checksum: CRC32, of entry: SectionEntry) throws(ModelFormatError) {
    let end = try ContainerReader.bytes(
      of: source, at: entry.offset + SectionFrame.headerSize + entry.length, count: SectionFrame.checksumSize)
    try ContainerReader.check(
      checksum.value, stored: integer(end, at: 0, UInt32.self), indexed: entry.checksum, offset: entry.offset)
  }

  /// Reads bytes of a payload that has been verified.
  func read(
    _ entry: SectionEntry, at position: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ModelFormatError) {
    try unsafe ContainerReader.read(source, at: entry.offset + SectionFrame.headerSize + position, into: buffer)
  }

  private static func bytes(
    of source: any RandomAccessSource, at offset: Int, count: Int
  ) throws(ModelFormatError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    try unsafe bytes.withMutableBytes { (buffer) throws(ModelFormatError) in
      try unsafe read(source, at: offset, into: buffer)
    }
    return bytes
  }

  private static func read(
    _ source: any RandomAccessSource, at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ModelFormatError) {
    let found: Int
    do { found = try unsafe source.read(at: offset, into: buffer) } catch { throw ModelFormatError(error) }
    guard found == buffer.count else {
      throw ModelFormatError(
        .truncated, offset: offset, expected: "\(buffer.count) bytes",
        found: "\(found), although the file was longer")
    }
  }
}
