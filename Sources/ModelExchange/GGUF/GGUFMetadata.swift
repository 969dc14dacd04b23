import BinaryIO
import ModelFormat

/// The metadata of a GGUF file.
///
/// Integers of 64 bits that are greater than ours become strings of their digits. Of an array of more than
/// `longestArray` elements, such as the words of a tokenizer, the number is what is kept: `array of 151936 strings`.
struct GGUFMetadata {
  /// The most elements of an array that are kept.
  static let longestArray = 64
  static let alignmentName = "general.alignment"
  private static let usualAlignment = 32
  /// Of ggml too; without one, a small file could claim gigabytes of padding.
  private static let largestAlignment = 1 << 20

  private(set) var attributes = Attributes()
  /// What the offsets of tensors are multiples of.
  private(set) var alignment = usualAlignment
  /// How many arrays are too long to be kept.
  private(set) var longArrayCount = 0

  private let limits: DecodingLimits
  /// How many values are kept.
  private var valueCount = 0

  /// Reads so many names and values.
  init(_ reader: inout GGUFReader, count: Int, limits: DecodingLimits) throws(ModelFormatError) {
    self.limits = limits
    var entries: [Attributes.Entry] = []
    var names: Set<ByteName> = []
    for _ in 0..<count {
      let start = reader.position
      let name = try reader.readString("the name of metadata")
      guard (1...65_535).contains(name.utf8.count) else {
        throw GGUFMetadata.malformed(start, "a name of 1 to 65535 bytes", "\(name.utf8.count) bytes")
      }
      guard names.insert(ByteName(name)).inserted else {
        throw GGUFMetadata.malformed(start, "each name of metadata once", "\(ByteName(name).quoted) twice")
      }
      let kind = try GGUFValueKind(&reader)
      let valueStart = reader.position
      let value = try read(kind, &reader, depth: 0)
      if ByteName(name) == ByteName(GGUFMetadata.alignmentName) { try align(kind, value, at: valueStart) }
      entries.append(Attributes.Entry(name: name, value: value))
    }
    entries.sort { StructuredValue.precedes($0.name, $1.name) }
    attributes = Attributes(canonical: entries)
  }

  private mutating func align(
    _ kind: GGUFValueKind, _ value: AttributeValue, at position: Int
  ) throws(ModelFormatError) {
    guard kind == .uint32, case .integer(let alignment) = value, alignment > 0, alignment.nonzeroBitCount == 1,
      alignment <= GGUFMetadata.largestAlignment
    else {
      throw GGUFMetadata.malformed(
        position, "a power of two of at most \(GGUFMetadata.largestAlignment) and of type uint32 as the alignment",
        "another")
    }
    self.alignment = alignment
  }

  private static func malformed(_ position: Int, _ expected: String, _ found: String) -> ModelFormatError {
    ModelFormatError(.malformedValue, section: "header", offset: position, expected: expected, found: found)
  }

  private mutating func read(
    _ kind: GGUFValueKind, _ reader: inout GGUFReader, depth: Int
  ) throws(ModelFormatError) -> AttributeValue {
    valueCount += 1
    guard valueCount <= limits.valueCount else {
      throw ModelFormatError(
        .limitExceeded, section: "header", offset: reader.position,
        expected: "at most \(limits.valueCount) values of metadata", found: "more")
    }
    let (start, what) = (reader.position, "a value of metadata")
    switch kind {
    case .uint8: return .integer(Int(try reader.readInteger(UInt8.self, what)))
    case .int8: return .integer(Int(try reader.readInteger(Int8.self, what)))
    case .uint16: return .integer(Int(try reader.readInteger(UInt16.self, what)))
    case .int16: return .integer(Int(try reader.readInteger(Int16.self, what)))
    case .uint32: return .integer(Int(try reader.readInteger(UInt32.self, what)))
    case .int32: return .integer(Int(try reader.readInteger(Int32.self, what)))
    case .int64: return .integer(Int(try reader.readInteger(Int64.self, what)))
    case .uint64:
      let value = try reader.readInteger(UInt64.self, what)
      return Int(exactly: value).map { .integer($0) } ?? .string(String(value))
    case .float32: return .number(Double(Float(bitPattern: try reader.readInteger(UInt32.self, what))))
    case .float64: return .number(Double(bitPattern: try reader.readInteger(UInt64.self, what)))
    case .boolean:
      let byte = try reader.readInteger(UInt8.self, what)
      guard byte <= 1 else { throw GGUFMetadata.malformed(start, "0 or 1 for a boolean", "\(byte)") }
      return .boolean(byte == 1)
    case .string: return .string(try reader.readString(what))
    case .array: return try readArray(&reader, depth: depth)
    }
  }

  private mutating func readArray(
    _ reader: inout GGUFReader, depth: Int
  ) throws(ModelFormatError) -> AttributeValue {
    let (kind, count) = try readArrayHead(&reader, depth: depth)
    guard count <= GGUFMetadata.longestArray else {
      longArrayCount += 1
      try skip(kind, count, &reader, depth: depth)
      return .string("array of \(count) \(kind.plural)")
    }
    var elements: [AttributeValue] = []
    for _ in 0..<count { elements.append(try read(kind, &reader, depth: depth + 1)) }
    return .list(elements)
  }

  private func readArrayHead(
    _ reader: inout GGUFReader, depth: Int
  ) throws(ModelFormatError) -> (kind: GGUFValueKind, count: Int) {
    guard depth < limits.nesting else {
      throw ModelFormatError(
        .limitExceeded, section: "header", offset: reader.position,
        expected: "arrays nested at most \(limits.nesting) deep", found: "deeper nesting")
    }
    let kind = try GGUFValueKind(&reader)
    return (kind, try reader.readCount("the number of elements of an array", eachOfAtLeast: kind.leastSize))
  }

  /// Passes over elements of an array.
  private func skip(
    _ kind: GGUFValueKind, _ count: Int, _ reader: inout GGUFReader, depth: Int
  ) throws(ModelFormatError) {
    switch kind {
    case .string:
      for _ in 0..<count {
        try reader.skip(try reader.readCount("the length of a string", eachOfAtLeast: 1), "a string")
      }
    case .array:
      for _ in 0..<count {
        let (kind, count) = try readArrayHead(&reader, depth: depth + 1)
        try skip(kind, count, &reader, depth: depth + 1)
      }
    case .uint8, .int8, .uint16, .int16, .uint32, .int32, .float32, .boolean, .uint64, .int64, .float64:
      // There are bytes for as many.
      try reader.skip(count * kind.leastSize, "the elements of an array")
    }
  }
}
