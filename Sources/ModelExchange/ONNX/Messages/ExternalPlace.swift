import BinaryIO
import ModelFormat

/// Where in another file the values of a tensor are.
struct ExternalPlace {
  /// The name of the file, in the folder of the model.
  let location: String
  let offset: Int
  /// How many bytes they are; nil where that is not said.
  let length: Int?

  /// What a `TensorProto` says about it, entry by entry.
  struct Fields {
    /// Whether the values are in another file.
    var isUsed = false
    private var entries: [ByteName: String] = [:]

    mutating func read(_ range: Range<Int>, _ window: SourceWindow) throws(ModelFormatError) {
      let entry = try TextEntry(window, range)
      guard entries.updateValue(entry.value, forKey: ByteName(entry.key)) == nil else {
        throw ModelFormatError(
          .invalidField, section: "TensorProto", offset: range.lowerBound, expected: "each key of external_data once",
          found: "\(ByteName(entry.key).quoted) twice")
      }
    }

    /// - Throws: `invalidField` for an entry that is missing, or no number.
    func place() throws(ModelFormatError) -> ExternalPlace {
      guard let location = entries["location"] else {
        throw ModelFormatError(.invalidField, expected: "a location in external_data", found: "none")
      }
      return ExternalPlace(
        location: location, offset: try number("offset") ?? 0, length: try number("length"))
    }

    private func number(_ key: ByteName) throws(ModelFormatError) -> Int? {
      guard let text = entries[key] else { return nil }
      guard let number = Int(text), number >= 0 else {
        throw ModelFormatError(
          .invalidField, expected: "an integer of at least 0 as the \(key.text) of external_data",
          found: ByteName(text).quoted)
      }
      return number
    }
  }
}

/// A `StringStringEntryProto`.
struct TextEntry {
  private(set) var key = ""
  private(set) var value = ""

  init(_ window: SourceWindow, _ range: Range<Int>) throws(ModelFormatError) {
    var reader = WireReader(window, range, message: "StringStringEntryProto")
    while let field = try reader.next() {
      switch field.number {
      case 1: key = try field.text(window)
      case 2: value = try field.text(window)
      default: break
      }
    }
  }
}
