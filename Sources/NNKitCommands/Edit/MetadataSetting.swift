import ArgumentParser
import ModelExchange
import ModelFormat

/// `--set KEY=VALUE`
struct MetadataSetting {
  let key: String
  private let value: AttributeValue

  init(_ argument: String) throws {
    // Scalars, not characters: an accent after it would hide the sign.
    guard let place = argument.unicodeScalars.firstIndex(of: "="), place > argument.startIndex else {
      throw ValidationError("expected a key, = and a value, as in --set author=Ada")
    }
    key = String(argument.unicodeScalars[..<place])
    let text = String(argument.unicodeScalars[argument.unicodeScalars.index(after: place)...])
    value = AttributeValue(json: text) ?? .string(text)
  }

  /// The value that takes the place of another: a number stays one where it becomes whole.
  func value(replacing old: AttributeValue?) -> AttributeValue {
    guard case .number = old, case .integer(let integer) = value, let number = Double(exactly: integer) else {
      return value
    }
    return .number(number)
  }
}
