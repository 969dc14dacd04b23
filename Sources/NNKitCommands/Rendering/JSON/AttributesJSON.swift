import BinaryIO
import ModelFormat

/// Attributes as a JSON object whose keys are left as they are.
struct AttributesJSON: JSONWritable {
  let attributes: Attributes

  func write(to writer: inout JSONWriter) {
    writer.object(attributes.entries.map { (ByteName($0.name), $0.value) }) { $1.write(to: &$0) }
  }
}

/// Texts as a JSON array.
struct TextsJSON: JSONWritable {
  let texts: [String]

  func write(to writer: inout JSONWriter) { writer.array(texts) { $0.string($1) } }
}

/// The value of an attribute as JSON.
struct AttributeJSON: JSONWritable {
  let value: AttributeValue

  init(_ value: AttributeValue) { self.value = value }

  func write(to writer: inout JSONWriter) { value.write(to: &writer) }
}

/// Series of numbers as a JSON object by their names, which are left as they are.
struct SeriesJSON: JSONWritable {
  let columns: [TrainingHistory.Column]

  func write(to writer: inout JSONWriter) {
    writer.object(columns.map { (ByteName($0.name), $0.values) }) { $0.array($1) { $0.real($1) } }
  }
}

extension AttributeValue {
  fileprivate func write(to writer: inout JSONWriter) {
    switch self {
    case .boolean(let value): writer.boolean(value)
    case .integer(let value): writer.integer(value)
    case .number(let value): writer.real(value)
    case .string(let value): writer.string(value)
    case .list(let elements): writer.array(elements) { $1.write(to: &$0) }
    }
  }
}
