import BinaryIO
import ModelFormat

/// The parts of a model that a safetensors file has no place for, and how they are stored in its text metadata.
///
/// Metadata that are strings are stored under their own names, where every reader finds them. The rest is JSON:
///
/// | name | content |
/// |---|---|
/// | `nnkit.topology` | the topology, with the fields of the section TOPO |
/// | `nnkit.history` | `{"columns": [{"name": …, "values": […]}]}` |
/// | `nnkit.metadata` | an object of the metadata that are no strings, or whose names start with `nnkit.` |
/// | `nnkit.tensors` | the names of the tensors in their order, where safetensors has another |
struct SafetensorsParts {
  var parts = ModelParts()
  var tensorNames: [String] = []

  private static let reserved = "nnkit."
  private static let topologyName = "nnkit.topology"
  private static let historyName = "nnkit.history"
  private static let metadataName = "nnkit.metadata"
  private static let tensorsName = "nnkit.tensors"

  init(_ parts: ModelParts, tensorNames: [String]) {
    self.parts = parts
    self.tensorNames = tensorNames
  }
}

extension SafetensorsParts {
  /// A text with the name that it is stored under.
  struct Text {
    /// What it is made of.
    fileprivate enum Content {
      case string(String)
      case topology(Topology)
      case history(TrainingHistory)
      case metadata([Attributes.Entry])
      case tensorNames([String])
    }

    let name: String
    fileprivate let content: Content

    /// Writes the text as it is: a string, or JSON.
    func write<Sink: ByteSink & ~Copyable>(to text: inout JSONText<Sink>) {
      switch content {
      case .string(let string): text.write(string)
      case .topology(let topology): text.topology(topology)
      case .history(let history): text.history(history)
      case .metadata(let entries): text.attributes(entries)
      case .tensorNames(let names): text.array(names) { (text, name) in text.string(name) }
      }
    }

    /// Writes the text as a string of JSON.
    fileprivate func writeQuoted<Sink: ByteSink & ~Copyable>(to text: inout JSONText<Sink>) {
      if case .string(let string) = content { return text.string(string) }
      text.quote { (text) in write(to: &text) }
    }
  }

  /// Whether there is nothing to write under `__metadata__`.
  var isEmpty: Bool {
    parts.metadata.entries.isEmpty && parts.topology == nil && parts.history.columns.isEmpty && tensorNames.isEmpty
  }

  /// Writes names and texts for `__metadata__`, in the order of the names' bytes, with commas between them.
  func write<Sink: ByteSink & ~Copyable>(to text: inout JSONText<Sink>) {
    let texts = texts
    for index in texts.indices {
      if index > 0 { text.write(",") }
      text.string(texts[index].name)
      text.write(":")
      texts[index].writeQuoted(to: &text)
    }
  }

  /// All texts, in the order of their names' bytes.
  var texts: [Text] {
    var texts: [Text] = []
    var others: [Attributes.Entry] = []
    for entry in parts.metadata.entries {
      if case .string(let string) = entry.value, !entry.name.utf8.starts(with: SafetensorsParts.reserved.utf8) {
        texts.append(Text(name: entry.name, content: .string(string)))
      } else {
        others.append(entry)
      }
    }
    if let topology = parts.topology {
      texts.append(Text(name: SafetensorsParts.topologyName, content: .topology(topology)))
    }
    if !parts.history.columns.isEmpty {
      texts.append(Text(name: SafetensorsParts.historyName, content: .history(parts.history)))
    }
    if !others.isEmpty { texts.append(Text(name: SafetensorsParts.metadataName, content: .metadata(others))) }
    if !tensorNames.isEmpty {
      texts.append(Text(name: SafetensorsParts.tensorsName, content: .tensorNames(tensorNames)))
    }
    return texts.sorted { ByteName($0.name) < ByteName($1.name) }
  }

  /// Takes the parts out of what is under `__metadata__`.
  init(_ entries: [(name: String, value: String)], limits: DecodingLimits) throws(ModelFormatError) {
    var attributes: [Attributes.Entry] = []
    for (name, text) in entries {
      switch name {
      case SafetensorsParts.topologyName:
        let topology = try SafetensorsParts.decode(text, name, limits) { (value) throws(ModelFormatError) in
          try Topology(structured: value)
        }
        try limits.checkRanks(of: topology)
        parts.topology = topology
      case SafetensorsParts.historyName:
        parts.history = try SafetensorsParts.decode(text, name, limits) { (value) throws(ModelFormatError) in
          try TrainingHistory(structuredNumbers: value)
        }
      case SafetensorsParts.metadataName:
        attributes += try SafetensorsParts.decode(text, name, limits) { (value) throws(ModelFormatError) in
          try FieldReader(value, path: "metadata").attributes()
        }.entries
      case SafetensorsParts.tensorsName:
        tensorNames = try SafetensorsParts.decode(text, name, limits) { (value) throws(ModelFormatError) in
          try SafetensorsParts.names(value, name)
        }
      default: attributes.append(Attributes.Entry(name: name, value: .string(text)))
      }
    }
    attributes.sort { StructuredValue.precedes($0.name, $1.name) }
    for (left, right) in zip(attributes, attributes.dropFirst())
    where ByteName(left.name) == ByteName(right.name) {
      throw ModelFormatError(
        .malformedValue, section: "header", expected: "each name once in __metadata__ and nnkit.metadata",
        found: "\(ByteName(left.name).quoted) in both")
    }
    parts.metadata = Attributes(canonical: attributes)
  }

  private static func names(_ value: EncodedValue, _ name: String) throws(ModelFormatError) -> [String] {
    var names: [String] = []
    if let elements = value.elements {
      for element in elements {
        guard let text = element.string else { break }
        names.append(text)
      }
      if names.count == elements.underestimatedCount { return names }
    }
    throw ModelFormatError(
      .invalidField,
      expected:
        "\(value.elements == nil ? "an array" : "an array of strings") at \(SafetensorsHeader.metadataName).\(name)",
      found: value.kind)
  }

  private static func decode<Part>(
    _ text: String, _ name: String, _ limits: DecodingLimits,
    _ body: (EncodedValue) throws(ModelFormatError) -> Part
  ) throws(ModelFormatError) -> Part {
    do throws(ModelFormatError) {
      return try body(EncodedValue(try StructuredValue(json: text, name: name, limits: limits)))
    } catch { throw error.at(section: "header") }
  }
}

extension TrainingHistory {
  fileprivate init(structuredNumbers value: EncodedValue) throws(ModelFormatError) {
    var index = 0
    let columns = try FieldReader(value, path: "history").objects("columns") { (fields) throws(ModelFormatError) in
      defer { index += 1 }
      let elements = try fields.array("values")
      var values: [Double] = []
      values.reserveCapacity(elements.underestimatedCount)
      for element in elements {
        // Some writers of JSON leave the fraction of whole numbers out.
        guard let number = element.anyNumber else {
          throw ModelFormatError(
            .invalidField, expected: "numbers at history.columns[\(index)].values", found: element.kind)
        }
        values.append(number)
      }
      return Column(name: try fields.string("name"), values: values)
    }
    try self.init(columns: columns)
  }
}
