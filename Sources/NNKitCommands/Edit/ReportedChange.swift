import Formatting
import ModelFormat
import ModelInspection

/// A change that was made. Its JSON form has property names in snake case.
struct ReportedChange: Encodable {
  /// What was done: `set`, `removed`, `class-names`, `renamed`, `dropped` or `training-state`.
  let change: String
  /// The key of the metadata, or the name of the tensor.
  private(set) var name: String?
  private(set) var value: AttributeJSON?
  private(set) var newName: String?
  private(set) var classNames: [String]?
  /// The sentence for people.
  private let sentence: String

  private enum CodingKeys: String, CodingKey {
    case change, name, value, newName, classNames
  }

  private init(_ change: String, name: String? = nil, _ sentence: String) {
    self.change = change
    self.name = name
    self.sentence = sentence
  }

  static func set(_ key: String, _ value: AttributeValue, replaced old: AttributeValue?) -> ReportedChange {
    let before = old.map { ", before \(Text.escaped($0.text, atMost: 60))" } ?? ""
    var change = ReportedChange(
      "set", name: key, "set \(Text.short(key)) = \(Text.escaped(value.text, atMost: 60)), \(value.kind)\(before)")
    change.value = AttributeJSON(value)
    return change
  }

  static func removed(_ key: String) -> ReportedChange {
    ReportedChange("removed", name: key, "removed \(Text.short(key))")
  }

  static func classNames(_ names: [String]) -> ReportedChange {
    var change = ReportedChange(
      "class-names", "class names: " + Text.listed(names, separator: ", ", as: Text.short))
    change.classNames = names
    return change
  }

  static func renamed(_ renaming: ModelEdit.Renaming) -> ReportedChange {
    var change = ReportedChange(
      "renamed", name: renaming.old, "renamed \(Text.short(renaming.old)) → \(Text.short(renaming.new))")
    change.newName = renaming.new
    return change
  }

  static func dropped(_ tensor: TensorDescription) -> ReportedChange {
    ReportedChange(
      "dropped", name: tensor.name,
      "dropped \(Text.short(tensor.name)), \(tensor.typeName), \(Text.bytes(tensor.encodedByteCount))")
  }

  static func trainingState(isThere: Bool) -> ReportedChange {
    ReportedChange("training-state", isThere ? "dropped the training state" : "there was no training state to drop")
  }

  var text: String { sentence }
}

extension AttributeValue {
  /// What kind of value it is.
  fileprivate var kind: String {
    switch self {
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .number: "a number"
    case .string: "a text"
    case .list: "a list"
    }
  }
}
