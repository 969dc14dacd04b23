package import ModelFormat

extension AttributeValue {
  /// The value as people write it; of a long list the beginning, the end and the count.
  package var text: String {
    switch self {
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): value
    case .list(let elements) where elements.count > 12:
      "[" + elements.prefix(3).map(\.text).joined(separator: ", ") + ", …, " + elements[elements.count - 1].text
        + "] (\(elements.count) values)"
    case .list(let elements): "[" + elements.map(\.text).joined(separator: ", ") + "]"
    }
  }

  /// Two values that differ, as people write them. Two of different types may read the same: then quotation marks tell
  /// them apart.
  package static func texts(_ left: AttributeValue?, _ right: AttributeValue?) -> (left: String?, right: String?) {
    left?.text == right?.text ? (left?.quotedText, right?.quotedText) : (left?.text, right?.text)
  }

  /// The same with strings in quotation marks.
  fileprivate var quotedText: String {
    switch self {
    case .string(let value): value.debugDescription
    case .list(let elements): "[" + elements.map(\.quotedText).joined(separator: ", ") + "]"
    default: text
    }
  }
}
