import BinaryIO
import FuzzingSupport

@testable import ModelExchange
@testable import ModelFormat

/// What must hold for every structured value.
enum ValueExamination {
  private static var limits: DecodingLimits { ModelExamination.limits }

  /// A value without byte strings, which JSON has no form for, comes back from its text.
  static func examineJSON(_ value: StructuredValue) {
    let text = value.json
    let again = requireNoError("the JSON of a value") { () throws(ModelFormatError) in
      try StructuredValue(json: text, name: "text", limits: limits)
    }
    if !value.holdsBytes { require(again.encoded() == value.encoded(), "a value changed by JSON: \(text)") }
  }

  /// Whatever part of a model the value can be taken for, it is the same part when it is written and read again.
  static func examineParts(_ value: StructuredValue) {
    examinePart(value, { value throws(ModelFormatError) in try Topology(structured: value) }, \.structured)
    examinePart(value, { value throws(ModelFormatError) in try TrainingHistory(structured: value) }, \.structured)
    examinePart(
      value, { value throws(ModelFormatError) in try FieldReader(value, path: "attributes").attributes() },
      \.structured)
    // The place of the index is not known: the one that its sections ask for.
    let end = SectionIndex.sectionsEnd(value)
    examinePart(
      value,
      { value throws(ModelFormatError) in
        let index = try SectionIndex(structured: value, end: end, version: .current, limits: limits)
        for entry in index.tensors + index.stateTensors {
          require(entry.chunkCount >= 0, "\(entry.chunkCount) chunks of \(entry.description.name)")
          require(entry.description.byteCount <= limits.totalTensorSize, "\(entry.description) is too large")
        }
        return index
      }, \.structured)
  }

  private static func examinePart<Part: Equatable>(
    _ value: StructuredValue, _ decode: (EncodedValue) throws(ModelFormatError) -> Part,
    _ encode: (Part) -> StructuredValue
  ) {
    guard let part = try? decode(EncodedValue(value)) else { return }
    let encoded = encode(part)
    requireNoError("a part that was written") { () throws(ModelFormatError) in
      let read = try EncodedValue(encoded.encoded(), limits: ModelExamination.limits)
      require(read.tree.encoded() == encoded.encoded(), "a part that is not canonical")
      let again = try decode(read)
      require(again == part, "\(again), written as \(part)")
      require(encode(again).encoded() == encoded.encoded(), "a part with two encodings")
    }
  }
}

extension StructuredValue {
  fileprivate var holdsBytes: Bool {
    switch self {
    case .bytes: true
    case .array(let elements): elements.contains(where: \.holdsBytes)
    case .object(let fields): fields.contains(where: \.value.holdsBytes)
    default: false
    }
  }
}

extension SectionIndex {
  /// Where the sections of an index end, as far as it has any.
  fileprivate static func sectionsEnd(_ value: StructuredValue) -> Int {
    guard case .object(let fields) = value,
      case .array(let sections)? = fields.first(where: { $0.name == "sections" })?.value
    else { return FileHeader.size }
    return sections.reduce(FileHeader.size) { end, section in
      guard case .array(let parts) = section, parts.count == 3, case .integer(let length) = parts[1] else { return end }
      return CheckedArithmetic.sum(end, length, SectionFrame.overhead) ?? end
    }
  }
}
