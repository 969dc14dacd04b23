/// A section that this version does not know, but may copy.
public struct UnknownSection: Equatable, Sendable {
  package let type: SectionType
  package let payload: [UInt8]

  package init(type: SectionType, payload: [UInt8]) {
    self.type = type
    self.payload = payload
  }
}

extension ModelWriter where Sink: ~Copyable {
  mutating func write(_ section: UnknownSection) throws(ModelFormatError) {
    do { try limits.checkStoredSize(section.payload.count) } catch {
      throw ModelWriter.unreadable(error.at(section: section.type.description))
    }
    try write(section.type, payload: section.payload)
  }
}

extension ContainerReader {
  /// The types of the sections that this version does not know, in order, each once.
  var unknownSectionTypes: [SectionType] {
    var (types, seen) = ([SectionType](), SectionType.known)
    for section in index.sections where seen.insert(section.type).inserted { types.append(section.type) }
    return types
  }

  /// Reads and verifies the sections that this version does not know, whether they may be copied or not.
  func unknownSections() throws(ModelFormatError) -> [UnknownSection] {
    var unknown: [UnknownSection] = []
    for entry in index.sections where !SectionType.known.contains(entry.type) {
      unknown.append(UnknownSection(type: entry.type, payload: try payload(of: entry)))
    }
    return unknown
  }
}
