import BinaryIO
import ModelFormat

/// A GGUF file, opened: its header is read, the values are not.
struct GGUFFile: ModelFile {
  private let source: any RandomAccessSource
  private let header: GGUFHeader

  let contents: ModelContents

  var name: String { source.name }
  var format: FileFormat { .gguf }
  var versionText: String? { String(header.version) }
  var fileSize: Int { source.byteCount }

  var omissions: [FileFormat.Loss] {
    let count = header.metadata.longArrayCount
    guard count > 0 else { return [] }
    return [
      FileFormat.Loss(
        what: "\(count) long \(count == 1 ? "array" : "arrays") of the metadata",
        why: "of more than \(GGUFMetadata.longestArray) elements only the number is read")
    ]
  }

  init(_ source: any RandomAccessSource, limits: DecodingLimits) throws(ModelFormatError) {
    self.source = source
    header = try GGUFHeader(source, limits: limits)
    contents = try ModelContents(
      ModelParts(metadata: header.metadata.attributes), tensors: header.entries.map(\.description))
  }

  func values(at place: Int) throws(ModelFormatError) -> any TensorValues {
    let entry = header.entries[place]
    return try entry.element.values(
      of: entry.description, in: source, at: entry.start,
      advice: "quantise the model to another type, such as Q8_0, or leave the tensor out")
  }

  func encodedValues(at place: Int) -> any TensorValues {
    let entry = header.entries[place]
    return entry.element.encodedValues(of: entry.description, in: source, at: entry.start)
  }

  func storedByteCount(at place: Int) -> Int { header.entries[place].description.encodedByteCount }
}
