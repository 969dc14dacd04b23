import BinaryIO
import ModelFormat

/// A safetensors file, opened: its header is read, the values are not.
struct SafetensorsFile: ModelFile {
  private let source: any RandomAccessSource
  private let dataOffset: Int
  /// The tensors of the header, in the order in which the model has them.
  private let entries: [SafetensorsHeader.Entry]

  let contents: ModelContents

  var name: String { source.name }
  var format: FileFormat { .safetensors }
  var fileSize: Int { source.byteCount }

  /// Whether a file is one of safetensors, sound or not: the ninth byte opens the JSON header.
  ///
  /// The format has no signature. A header length of more than 48 bits belongs to some other file, such as a text,
  /// that happens to have a brace in this place.
  static func recognises(_ start: [UInt8]) -> Bool {
    let size = SafetensorsHeader.prefixSize
    return start.count > size && start[size - 2] == 0 && start[size - 1] == 0 && start[size] == UInt8(ascii: "{")
  }

  init(_ source: any RandomAccessSource, limits: DecodingLimits) throws(ModelFormatError) {
    self.source = source
    let header = try SafetensorsHeader(source, limits: limits)
    let metadata = try SafetensorsParts(header.metadata, limits: limits)
    dataOffset = header.dataOffset
    entries = SafetensorsFile.ordered(header.entries, by: metadata.tensorNames)
    contents = try ModelContents(metadata.parts, tensors: entries.map(\.description))
  }

  /// The order that the file asks for, if it names every tensor once; otherwise the order of the values.
  ///
  /// Another program may have added or removed tensors and left the metadata alone, so a list that does not fit is no error.
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
    try entries[place].type.element.values(of: entries[place].description, in: source, at: start(of: entries[place]))
  }

  func encodedValues(at place: Int) -> any TensorValues {
    entries[place].type.element.encodedValues(of: entries[place].description, in: source, at: start(of: entries[place]))
  }

  private func start(of entry: SafetensorsHeader.Entry) -> Int { dataOffset + entry.range.lowerBound }

  func storedByteCount(at place: Int) -> Int { entries[place].range.count }
}
