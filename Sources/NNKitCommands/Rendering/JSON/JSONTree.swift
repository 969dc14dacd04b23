import BinaryIO

/// A JSON value before it is written.
///
/// Objects hold every key that they were given, also two that a `String` takes for one and the same, and are written in
/// the order of the keys' bytes.
enum JSONTree {
  case null
  case boolean(Bool)
  /// The digits of a finite number.
  case number(String)
  case string(String)
  case array([JSONTree])
  case object([(key: ByteName, value: JSONTree)])

  static func integer(_ value: some BinaryInteger) -> JSONTree { .number(String(value)) }

  /// The shortest digits that give the number back; a string for what JSON has no number for.
  static func real(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> JSONTree {
    if value.isNaN { return .string("NaN") }
    guard value.isFinite else { return .string(value < 0 ? "-Infinity" : "Infinity") }
    let digits = value.description
    return .number(digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits)
  }
}

/// What says itself how it is written, such as an object whose keys come from a file and are left as they are.
protocol JSONTreeConvertible: Encodable {
  var tree: JSONTree { get throws }
}

extension JSONTreeConvertible {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(self)
  }
}
