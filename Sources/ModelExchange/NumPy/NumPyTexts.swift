import BinaryIO
import ModelFormat
import NPY

/// The text in an `.npz` file, which becomes metadata: a string or a list of strings for each array of text.
///
/// The text `__metadata__` is a JSON object of strings, with the names and contents that `__metadata__` has in a file of
/// safetensors, topology and history among them. To NumPy it is an array of text like any other.
struct NumPyTexts {
  static let metadataName = "__metadata__"

  private let limits: DecodingLimits
  private var entries: [(name: String, value: String)] = []
  private var others: [Attributes.Entry] = []
  private var total = 0

  init(_ limits: DecodingLimits) { self.limits = limits }

  mutating func add(named name: String, _ member: ZipMember) throws(ModelFormatError) {
    guard let sum = CheckedArithmetic.sum(total, member.byteCount), sum <= limits.structuredSectionSize else {
      throw ModelFormatError(
        .limitExceeded, expected: "at most \(limits.structuredSectionSize) bytes of text", found: "more")
    }
    total = sum
    let text: NPYText?
    let bytes = try member.bytes()
    do throws(NPYError) { text = try NPYText(bytes) } catch { throw ModelFormatError(error) }
    guard let text else { return }
    if ByteName(name) == ByteName(NumPyTexts.metadataName), text.isSingle,
      text.strings[0].utf8.first == UInt8(ascii: "{")
    {
      var reader = JSONReader(Array(text.strings[0].utf8), at: .string(name: name))
      var entries: [(name: String, value: String)] = []
      try reader.readObject("an object of strings") { (reader, name) throws(ModelFormatError) in
        entries.append((name, try reader.readString("a string")))
      }
      try reader.expectEnd(padding: [])
      self.entries = entries
    } else {
      let value: AttributeValue = text.isSingle ? .string(text.strings[0]) : .list(text.strings.map { .string($0) })
      others.append(Attributes.Entry(name: name, value: value))
    }
  }

  /// Topology, history and metadata.
  func parts() throws(ModelFormatError) -> ModelParts {
    var parts = try SafetensorsParts(entries, limits: limits).parts
    guard !others.isEmpty else { return parts }
    let all = (parts.metadata.entries + others).sorted { StructuredValue.precedes($0.name, $1.name) }
    for (left, right) in zip(all, all.dropFirst()) where ByteName(left.name) == ByteName(right.name) {
      throw ModelFormatError(
        .malformedValue, expected: "each name once in \(NumPyTexts.metadataName) and among the arrays of text",
        found: "\(ByteName(left.name).quoted) in both")
    }
    parts.metadata = Attributes(canonical: all)
    return parts
  }
}
