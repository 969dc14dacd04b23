import BinaryIO

// Attributes as structured values, and back.

extension AttributeValue: StructuredEncodable {
  package func write(to writer: inout StructuredWriter) {
    switch self {
    case .boolean(let value): writer.boolean(value)
    case .integer(let value): writer.integer(value)
    case .number(let value): writer.number(value)
    case .string(let value): writer.string(value)
    case .list(let elements): writer.array(elements) { $1.write(to: &$0) }
    }
  }
}

extension Attributes: StructuredEncodable {
  package func write(to writer: inout StructuredWriter) {
    writer.object(entries.count) { writer in
      for entry in entries { writer.field(entry.name) { entry.value.write(to: &$0) } }
    }
  }
}

extension FieldReader {
  /// All fields as attributes.
  package func attributes() throws(ModelFormatError) -> Attributes {
    let (head, start) = value.head(at: value.offset)
    guard case .object(let count) = head else { return [:] }
    var (entries, position) = ([Attributes.Entry](), start)
    entries.reserveCapacity(count)
    for _ in 0..<count {
      let name = value.text(value.key(&position))
      guard let attribute = attribute(&position) else { throw noAttribute(name, at: position) }
      entries.append(Attributes.Entry(name: name, value: attribute))
    }
    // The decoder has seen to it that names are in canonical order, each once.
    return Attributes(canonical: entries)
  }

  /// Finds the faults that `attributes()` finds, and keeps nothing.
  func checkAttributes() throws(ModelFormatError) {
    let (head, start) = value.head(at: value.offset)
    guard case .object(let count) = head else { return }
    var position = start
    for _ in 0..<count {
      let name = value.key(&position)
      var remaining = 1
      while remaining > 0 {
        let (head, end) = value.head(at: position)
        remaining -= 1
        switch head {
        case .array(let count): remaining += count
        case .boolean, .integer, .number, .string: break
        case .bytes, .object: throw noAttribute(value.text(name), at: position)
        }
        position = end
      }
    }
  }

  private func noAttribute(_ name: String, at position: Int) -> ModelFormatError {
    ModelFormatError(
      .invalidField, expected: "a boolean, integer, number, string or list at \(path)[\(ByteName(name).quoted)]",
      found: value.kind(at: position))
  }

  /// The attribute at a place, which moves behind it; nil for what is none, whose place it is then.
  private func attribute(_ position: inout Int) -> AttributeValue? {
    let (head, end) = value.head(at: position)
    switch head {
    case .boolean(let value):
      position = end
      return .boolean(value)
    case .integer(let value):
      position = end
      return .integer(value)
    case .number(let value):
      position = end
      return .number(value)
    case .string(let range):
      position = end
      return .string(value.text(range))
    case .array(let count):
      position = end
      var list: [AttributeValue] = []
      list.reserveCapacity(count)
      for _ in 0..<count {
        guard let element = attribute(&position) else { return nil }
        list.append(element)
      }
      return .list(list)
    case .bytes, .object: return nil
    }
  }
}
