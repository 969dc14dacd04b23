package import BinaryIO

extension FileFormat {
  /// How many bytes of a file are read to recognise it.
  static let startSize = 16

  /// Opens a file with the first of `formats` that recognises it by its content.
  ///
  /// - Parameter path: `-` is standard input, from its current position. What is no regular file, such as a pipe, is read
  ///   into memory once its first bytes are those of a model, up to the limit for that.
  package static func open(
    _ path: String, among formats: [FileFormat], limits: DecodingLimits, dropping dropped: Set<SectionType> = []
  ) throws(ModelFormatError) -> any ModelFile {
    try open(source(path, among: formats, limits: limits), among: formats, limits: limits, dropping: dropped)
  }

  /// Opens what is in a source with the first of `formats` that recognises it by its content.
  package static func open(
    _ source: any RandomAccessSource, among formats: [FileFormat], limits: DecodingLimits,
    dropping dropped: Set<SectionType> = []
  ) throws(ModelFormatError) -> any ModelFile {
    do throws(ModelFormatError) {
      return try recognised(source, among: formats).open(source, limits, dropped)
    } catch { throw error.at(path: source.name) }
  }

  /// The first format that recognises a file; where none does it is our own, whose reader says what it found instead.
  private static func recognised(
    _ source: any RandomAccessSource, among formats: [FileFormat]
  ) throws(ModelFormatError) -> FileFormat {
    var start = [UInt8](repeating: 0, count: startSize)
    let count = try unsafe start.withMutableBytes { (buffer) throws(ModelFormatError) in
      do throws(FileError) { return try unsafe source.read(at: 0, into: buffer) } catch {
        throw ModelFormatError(error)
      }
    }
    start.removeLast(startSize - count)
    for format in formats where try format.recognises(start, source) { return format }
    return .nnk
  }

  /// The bytes at a path, readable in any order.
  ///
  /// A pipe may have no end. Its first bytes are checked before more of it is read, and all of them are counted.
  static func source(
    _ path: String, among formats: [FileFormat], limits: DecodingLimits
  ) throws(ModelFormatError) -> any RandomAccessSource {
    let input: FileInput
    var start = [UInt8](repeating: 0, count: startSize)
    do throws(FileError) {
      input = try FileInput(path: path)
      if let file = FileSource(input) { return file }
      let count = try unsafe start.withMutableBytes { (buffer) throws(FileError) in try unsafe input.read(into: buffer)
      }
      start.removeLast(startSize - count)
    } catch { throw ModelFormatError(error) }

    do throws(ModelFormatError) {
      let format = try recognised(MemorySource(start, name: path), among: formats)
      if format == .nnk { _ = try FileHeader.decode(start) }
    } catch { throw error.at(path: path) }

    let bytes: [UInt8]?
    do { bytes = try input.readAll(after: start, maximumCount: limits.pipeSize) } catch {
      throw ModelFormatError(error)
    }
    guard let bytes else {
      throw ModelFormatError(
        .limitExceeded, expected: "at most \(limits.pipeSize) bytes from a pipe, where files may be larger",
        found: "more"
      ).at(path: path)
    }
    return MemorySource(bytes, name: path)
  }
}
