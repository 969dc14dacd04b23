import BinaryIO

/// What the index says of one section.
package struct SectionEntry: Equatable, Sendable {
  package let type: SectionType
  /// The offset of its frame.
  package let offset: Int
  /// The length of its payload.
  package let length: Int
  /// The CRC-32 of its payload.
  package let checksum: UInt32
}

extension SectionEntry: StructuredEncodable {
  /// Three values in an array; the offset follows from the sections before.
  package func write(to writer: inout StructuredWriter) {
    writer.array([StructuredValue.string(type.description), .integer(length), .integer(Int(checksum))]) {
      $1.write(to: &$0)
    }
  }
}

/// The directory of a file: its sections in order, and the tensors that its chunks make up.
///
/// Neither offsets nor chunk numbers are stored. Sections follow one another without a gap, and the chunks belong
/// to the tensors in order, so holes, overlaps and chunks used twice cannot be written down.
struct SectionIndex: Equatable, Sendable {
  var sections: [SectionEntry] = []
  /// The tensors of the model.
  var tensors: [TensorEntry] = []
  /// The tensors of the training state; their chunks come after those of the model.
  var stateTensors: [TensorEntry] = []
}

extension SectionIndex: StructuredEncodable {
  package func write(to writer: inout StructuredWriter) {
    writer.object(stateTensors.isEmpty ? 2 : 3) { writer in
      writer.field("tensors") { $0.array(tensors) { $1.write(to: &$0) } }
      writer.field("sections") { $0.array(sections) { $1.write(to: &$0) } }
      if !stateTensors.isEmpty { writer.field("state_tensors") { $0.array(stateTensors) { $1.write(to: &$0) } } }
    }
  }

  /// Decodes an index whose own frame starts at `end`: there its sections must end.
  ///
  /// Required sections that are not known are refused before the tensors are looked at: such a section may announce
  /// element types that are not known either.
  init(
    structured value: EncodedValue, end: Int, version: FormatVersion, limits: DecodingLimits
  ) throws(ModelFormatError) {
    let fields = try FieldReader(value, path: "index")
    sections = try SectionIndex.decodeSections(try fields.array("sections"), end: end, limits: limits)
    for section in sections where !SectionType.known.contains(section.type) && section.type.isRequired {
      throw ModelFormatError(
        .unsupportedSection, section: section.type.description, offset: section.offset,
        expected: "sections that version \(FormatVersion.current) knows",
        found: "\(section.type) in a file of version \(version)",
        advice: version.isNewer ? "read it with an nnkit that knows version \(version)" : nil)
    }
    var total = 0
    tensors = try TensorEntry.decode("tensors", of: fields, after: 0, &total, limits)
    if fields.has("state_tensors") {
      stateTensors = try TensorEntry.decode(
        "state_tensors", of: fields, after: tensors.count, &total, limits)
    }
    let expected = (tensors + stateTensors).reduce(0) { $0 + $1.chunkCount }
    let found = sections.count { $0.type == .chunk }
    guard expected == found else {
      throw ModelFormatError(
        .inconsistentLayout, expected: "\(expected) chunks for the tensors of the index", found: "\(found)")
    }
  }

  private static func decodeSections(
    _ elements: EncodedValue.Elements, end: Int, limits: DecodingLimits
  ) throws(ModelFormatError) -> [SectionEntry] {
    try limits.checkSectionCount(elements.underestimatedCount)
    var sections: [SectionEntry] = []
    var offset = FileHeader.size
    for element in elements {
      guard let parts = element.elements, parts.underestimatedCount == 3, case let parts = Array(parts),
        let letters = parts[0].string, case .integer(let length) = parts[1].head,
        case .integer(let checksum) = parts[2].head, let type = SectionType(letters: letters.utf8), length >= 0,
        let checksum = UInt32(exactly: checksum)
      else {
        throw ModelFormatError(
          .invalidField, expected: "type, length and checksum at index.sections[\(sections.count)]",
          found: element.kind)
      }
      guard type != .index else {
        throw ModelFormatError(
          .inconsistentLayout, section: type.description, offset: offset,
          expected: "one index, after all other sections", found: "another among them")
      }
      guard let next = CheckedArithmetic.sum(offset, length, SectionFrame.overhead), next <= end else {
        throw ModelFormatError(
          .inconsistentLayout, section: type.description, offset: offset,
          expected: "sections that end at offset \(end)", found: "a section of \(length) bytes")
      }
      sections.append(SectionEntry(type: type, offset: offset, length: length, checksum: checksum))
      offset = next
    }
    guard offset == end else {
      throw ModelFormatError(
        .inconsistentLayout, offset: offset, expected: "sections that end at offset \(end)",
        found: "\(end - offset) bytes outside every section")
    }
    return sections
  }
}
