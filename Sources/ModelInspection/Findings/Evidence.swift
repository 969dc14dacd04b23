import BinaryIO
import Formatting
import ModelFormat

/// How findings speak of what they are about.
enum Evidence {
  /// A message and its evidence name at most so many places.
  static let maximumListedCount = 10

  /// The place of a finding about a tensor.
  static func place(ofTensor name: String) -> String { "tensor \(ByteName(name).excerpt)" }

  /// The place of a finding about a layer.
  static func place(ofLayer name: String) -> String { "layer \(ByteName(name).excerpt)" }

  /// The first of some indices, as evidence.
  static func list(_ indices: [Int]) -> AttributeValue {
    .list(indices.prefix(maximumListedCount).map { .integer($0) })
  }

  /// `unit 7`, `units 2, 7 and 9`, `units 2, 7, 9, … (120)`.
  static func words(_ indices: [Int], _ noun: String) -> String {
    let shown = indices.prefix(maximumListedCount).map(String.init)
    guard indices.count > 1, let last = shown.last else { return "\(noun) \(shown.joined())" }
    let list =
      indices.count > shown.count
      ? shown.joined(separator: ", ") + ", …" : shown.dropLast().joined(separator: ", ") + " and " + last
    return "\(noun)s \(list)"
  }

  /// A number in a message.
  static func number(_ value: Double) -> String { Text.significant(value, 3) }

  /// A cosine near 1 in a message.
  static func cosine(_ value: Double) -> String { Text.fixed(min(value, 1), 6) }
}
