import BinaryIO

/// Reads header, trailer, index and single sections, and verifies every byte of them.
struct ContainerReader {
  let source: any RandomAccessSource
  let limits: DecodingLimits
  let index: SectionIndex
  let version: FormatVersion

  init(source: any RandomAccessSource, limits: DecodingLimits, index: SectionIndex, version: FormatVersion) {
    self.source = source
    self.limits = limits
    self.index = index
    self.version = version
  }

  /// Opens a file: header first, then trailer, then index.
  init(_ source: any RandomAccessSource, limits: DecodingLimits) throws(ModelFormatError) {
    let header = try ContainerReader.bytes(of: source, at: 0, count: min(FileHeader.size, source.byteCount))
    version = try FileHeader.decode(header)
    let indexOffset = try ContainerReader.readTrailer(source)
    let length = source.byteCount - FileTrailer.size - indexOffset - SectionFrame.overhead
    do {
      let payload = try ContainerReader.section(
        of: source, type: .index, at: indexOffset, length: length, checksum: nil)
      index = try SectionIndex(
        structured: try StructuredPayload.decode(payload, limits: limits), end: indexOffset, limits: limits)
    } catch { throw error.at(section: "INDX", offset: indexOffset) }
    self.source = source
    self.limits = limits
    for section in index.sections where !SectionType.known.contains(section.type) && section.type.isRequired {
      throw ModelFormatError(
        .unsupportedSection, section: section.type.description, offset: section.offset,
        expected: "sections that version \(FormatVersion.current) knows", found: "\(section.type)")
    }
  }

  private static func readTrailer(_ source: any RandomAccessSource) throws(ModelFormatError) -> Int {
    let offset = source.byteCount - FileTrailer.size
    if offset >= FileHeader.size {
      let trailer = try bytes(of: source, at: offset, count: FileTrailer.size)
      if let index = try FileTrailer.decode(trailer, fileSize: source.byteCount) { return index }
    }
    throw try missingTrailer(source)
  }

  /// Says where a file without a trailer stops, or what stands behind it, by walking through its sections.
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
    _ type: SectionType, _ decode: (StructuredValue) throws(ModelFormatError) -> Part
  ) throws(ModelFormatError) -> Part? {
    let entries = index.sections.filter { $0.type == type }
    guard let entry = entries.first else { return nil }
    guard entries.count == 1 else {
      throw ModelFormatError(
        .inconsistentLayout, section: type.description, offset: entries[1].offset,
        expected: "one section of this type", found: "\(entries.count)")
    }
    do {
      return try decode(try StructuredPayload.decode(try payload(of: entry), limits: limits))
    } catch { throw error.at(section: type.description, offset: entry.offset) }
  }

  /// The payload of a section, verified.
  func payload(of entry: SectionEntry) throws(ModelFormatError) -> [UInt8] {
    do {
      return try ContainerReader.section(
        of: source, type: entry.type, at: entry.offset, length: entry.length, checksum: entry.checksum)
    } catch { throw error.at(section: entry.type.description, offset: entry.offset) }
  }

  private static func section(
    of source: any RandomAccessSource, type: SectionType, at offset: Int, length: Int, checksum: UInt32?
  ) throws(ModelFormatError) -> [UInt8] {
    var bytes = try bytes(of: source, at: offset, count: length + SectionFrame.overhead)
    let frame = try SectionFrame.decodeHeader(Array(bytes.prefix(SectionFrame.headerSize)), offset: offset)
    guard frame.type == type, frame.length == length else {
      throw ModelFormatError(
        .inconsistentLayout, offset: offset, expected: "\(type) of \(length) bytes, as the index says",
        found: "\(frame.type) of \(frame.length) bytes")
    }
    let stored = integer(bytes, at: bytes.count - SectionFrame.checksumSize, UInt32.self)
    bytes.removeLast(SectionFrame.checksumSize)
    bytes.removeFirst(SectionFrame.headerSize)
    let computed = CRC32.checksum(bytes)
    guard computed == stored, computed == checksum ?? stored else {
      throw ModelFormatError(
        .checksumMismatch, offset: offset,
        expected: hexadecimal(computed == stored ? checksum ?? stored : stored), found: hexadecimal(computed))
    }
    return bytes
  }

  private static func bytes(
    of source: any RandomAccessSource, at offset: Int, count: Int
  ) throws(ModelFormatError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let found: Int
    do {
      found = try bytes.withMutableBytes { (buffer) throws(FileError) in
        try source.read(at: offset, into: buffer)
      }
    } catch { throw ModelFormatError(error) }
    guard found == count else {
      throw ModelFormatError(
        .truncated, offset: offset, expected: "\(count) bytes", found: "\(found), although the file was longer")
    }
    return bytes
  }
}
