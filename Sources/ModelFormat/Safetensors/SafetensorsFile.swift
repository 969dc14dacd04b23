import BinaryIO

/// A safetensors file, opened: its header is read, the values are not.
struct SafetensorsFile: ModelFile {
  private let header: SafetensorsHeader
  private let parts: SafetensorsParts
  /// The tensors of the header, in the order in which the model has them.
  private let entries: [SafetensorsHeader.Entry]

  let source: any RandomAccessSource
  let format = FileFormat.safetensors
  let version: FormatVersion? = nil
  let stateValues: Attributes? = nil
  let stateTensors: [TensorDescription] = []
  let sections: [SectionEntry] = []
  let tensors: [TensorDescription]

  var topology: Topology? { parts.topology }
  var history: TrainingHistory { parts.history }
  var metadata: Attributes { parts.metadata }

  /// Whether a file is one of safetensors, sound or not: the ninth byte opens the JSON header.
  ///
  /// The format has no signature. A header length of more than 48 bits belongs to some other file, such as a text,
  /// that happens to have a brace in this place.
  static func recognises(_ source: any RandomAccessSource) throws(ModelFormatError) -> Bool {
    var start = [UInt8](repeating: 0, count: SafetensorsHeader.prefixSize + 1)
    let count = try start.withMutableBytes { (buffer) throws(ModelFormatError) in
      do throws(FileError) { return try source.read(at: 0, into: buffer) } catch { throw ModelFormatError(error) }
    }
    return count == start.count && start[6] == 0 && start[7] == 0 && start[8] == UInt8(ascii: "{")
  }

  init(_ source: any RandomAccessSource, limits: DecodingLimits) throws(ModelFormatError) {
    self.source = source
    header = try SafetensorsHeader(source, limits: limits)
    parts = try SafetensorsParts(header.metadata, limits: limits)
    entries = SafetensorsFile.ordered(header.entries, by: parts.tensorNames)
    tensors = entries.map(\.description)
  }

  /// The order that the file asks for, if it names every tensor once; otherwise the order of the values.
  ///
  /// Another program may have added or removed tensors and kept the metadata, so a list that does not fit is no error.
  private static func ordered(
    _ entries: [SafetensorsHeader.Entry], by names: [String]
  ) -> [SafetensorsHeader.Entry] {
    guard names.count == entries.count else { return entries }
    var remaining: [ByteName: SafetensorsHeader.Entry] = [:]
    for entry in entries { remaining[ByteName(entry.description.name)] = entry }
    let ordered = names.compactMap { remaining.removeValue(forKey: ByteName($0)) }
    return ordered.count == entries.count ? ordered : entries
  }

  func values(at place: Int) throws(ModelFormatError) -> any TensorValues {
    SafetensorsValues(source: source, start: header.dataOffset + entries[place].range.lowerBound, entries[place])
  }

  func storedByteCount(at place: Int) -> Int { entries[place].range.count }

  func unknownSections() throws(ModelFormatError) -> [UnknownSection] { [] }
}

/// Values that stand in a file as they are.
private struct SafetensorsValues: TensorValues {
  private let source: any RandomAccessSource
  private let start: Int
  private let tensor: TensorDescription

  var byteCount: Int { tensor.byteCount }
  var pieceSize: Int { TensorChunk.size }

  init(source: any RandomAccessSource, start: Int, _ entry: SafetensorsHeader.Entry) {
    self.source = source
    self.start = start
    tensor = entry.description
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    do { try checkRange(at: offset, count: buffer.count) } catch {
      throw error.at(path: source.name, tensor: tensor.name)
    }
    let found: Int
    do { found = try source.read(at: start + offset, into: buffer) } catch {
      throw ModelFormatError(error).at(tensor: tensor.name)
    }
    guard found == buffer.count else {
      throw ModelFormatError(
        .truncated, tensor: tensor.name, offset: start + offset, expected: "\(buffer.count) bytes of values",
        found: "\(found), although the file was longer"
      ).at(path: source.name)
    }
    do { try tensor.checkBooleans(UnsafeRawBufferPointer(buffer), from: offset) } catch {
      throw error.at(path: source.name, section: "data", offset: start)
    }
  }
}
