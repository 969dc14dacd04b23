/// A section that holds one part of a model as a structured value. Each has a file of its own in this folder, with
/// writing and reading side by side.
struct PartSection: Sendable {
  let type: SectionType
  /// What messages call the part.
  let name: String
  /// The part as it is stored; nil for one that the model lacks.
  let encode: @Sendable (ModelParts, DecodingLimits) throws(ModelFormatError) -> (any StructuredEncodable)?
  /// Takes the part from what is stored.
  let decode: @Sendable (EncodedValue, DecodingLimits, inout ModelParts) throws(ModelFormatError) -> Void
  /// Finds the faults that `decode` finds, and keeps nothing; nil for a part that is always kept.
  var check: (@Sendable (EncodedValue) throws(ModelFormatError) -> Void)?

  /// Whether a model has the part.
  func isIn(_ parts: ModelParts) -> Bool {
    // What cannot be stored, for a limit that it exceeds, is there all the same.
    do { return try encode(parts, DecodingLimits()) != nil } catch { return true }
  }

  /// All of them, in the order in which they are written.
  static let all: [PartSection] = [.topology, .metadata, .history]

  /// The order in which faults of them are found.
  static let readingOrder: [PartSection] = [.topology, .history, .metadata]
}

extension ModelWriter where Sink: ~Copyable {
  /// Writes all parts that a model has.
  mutating func write(_ parts: ModelParts) throws(ModelFormatError) {
    for section in PartSection.all {
      let value: (any StructuredEncodable)?
      do { value = try section.encode(parts, limits) } catch {
        throw ModelWriter.unreadable(error.at(section: section.type.description))
      }
      if let value { try write(section.type, value) }
    }
  }
}

extension ContainerReader {
  /// All parts that a file holds.
  ///
  /// - Parameter dropped: those that are verified and not kept.
  func parts(dropping dropped: Set<SectionType> = []) throws(ModelFormatError) -> ModelParts {
    var parts = ModelParts()
    for section in PartSection.readingOrder {
      _ = try structured(section.type) { (value) throws(ModelFormatError) in
        if dropped.contains(section.type), let check = section.check {
          try check(value)
        } else {
          try section.decode(value, limits, &parts)
        }
      }
    }
    return parts
  }
}
