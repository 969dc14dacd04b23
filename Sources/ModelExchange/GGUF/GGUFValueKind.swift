import ModelFormat

/// The types of metadata, by their numbers.
enum GGUFValueKind: UInt32, CaseIterable {
  case uint8, int8, uint16, int16, uint32, int32, float32, boolean, string, array, uint64, int64, float64

  /// Reads a number that stands for a type.
  init(_ reader: inout GGUFReader) throws(ModelFormatError) {
    let start = reader.position
    let number = try reader.readInteger(UInt32.self, "the type of metadata")
    guard let kind = GGUFValueKind(rawValue: number) else {
      throw ModelFormatError(
        .malformedValue, section: "header", offset: start,
        expected: "a type of metadata, 0 to \(GGUFValueKind.allCases.count - 1)", found: "\(number)")
    }
    self = kind
  }

  /// The fewest bytes that a value takes: all that it takes, but for strings and arrays.
  var leastSize: Int {
    switch self {
    case .uint8, .int8, .boolean: 1
    case .uint16, .int16: 2
    case .uint32, .int32, .float32: 4
    case .uint64, .int64, .float64, .string: 8
    case .array: 12
    }
  }

  /// What several of them are called.
  var plural: String {
    switch self {
    case .uint8, .int8, .uint16, .int16, .uint32, .int32, .uint64, .int64: "integers"
    case .float32, .float64: "numbers"
    case .boolean: "booleans"
    case .string: "strings"
    case .array: "arrays"
    }
  }
}
