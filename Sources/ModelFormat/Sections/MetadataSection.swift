extension SectionType {
  package static let metadata = SectionType("mETA")
}

extension PartSection {
  /// Free key–value pairs.
  static let metadata = PartSection(
    type: .metadata, name: "metadata",
    encode: { (parts, _) in parts.metadata.entries.isEmpty ? nil : parts.metadata },
    decode: { (value, _, parts) throws(ModelFormatError) in
      parts.metadata = try FieldReader(value, path: "metadata").attributes()
    })
}
