import BinaryIO
import ModelFormat

/// Attributes as a JSON object whose keys are left as they are.
struct AttributesJSON: JSONTreeConvertible {
  let attributes: Attributes

  var tree: JSONTree { .object(attributes.entries.map { (ByteName($0.name), $0.value.tree) }) }
}

/// Series of numbers as a JSON object by their names, which are left as they are.
struct SeriesJSON: JSONTreeConvertible {
  let columns: [TrainingHistory.Column]

  var tree: JSONTree {
    .object(columns.map { (ByteName($0.name), .array($0.values.map { .real($0) })) })
  }
}

extension AttributeValue {
  fileprivate var tree: JSONTree {
    switch self {
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number(let value): .real(value)
    case .string(let value): .string(value)
    case .list(let elements): .array(elements.map(\.tree))
    }
  }
}
