import BinaryIO
import ModelFormat

/// A field of a message as it is on the wire: its number, and its value or where that is.
struct WireField {
  enum Content: Equatable {
    case varint(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    /// Bytes, text, a message or packed numbers.
    case bytes(Range<Int>)
  }

  /// What messages call the message that the field is in.
  let message: String
  let number: Int
  let content: Content
  /// Where it begins.
  let offset: Int

  /// Where its bytes are.
  var range: Range<Int> {
    get throws(ModelFormatError) {
      guard case .bytes(let range) = content else { throw mismatch("bytes with their length") }
      return range
    }
  }

  /// Its integer of 64 bits.
  var integer: Int {
    get throws(ModelFormatError) {
      guard case .varint(let bits) = content else { throw mismatch("a varint") }
      return Int(truncatingIfNeeded: bits)
    }
  }

  /// Its number of 32 bits.
  var float: Float {
    get throws(ModelFormatError) {
      guard case .fixed32(let bits) = content else { throw mismatch("a number of 4 bytes") }
      return Float(bitPattern: bits)
    }
  }

  /// Its text, which is kept.
  func text(_ window: SourceWindow) throws(ModelFormatError) -> String {
    let range = try range
    guard let text = String(validating: try window.kept(range), as: UTF8.self) else {
      throw ModelFormatError(
        .malformedValue, section: message, offset: range.lowerBound, expected: "text in UTF-8 in field \(number)",
        found: "other bytes")
    }
    return text
  }

  /// Adds its integers to others: one, or many that are packed.
  func appendIntegers(to integers: inout [Int], _ window: SourceWindow) throws(ModelFormatError) {
    guard case .bytes(let range) = content else {
      try window.keep(byteCount: MemoryLayout<Int>.size, at: offset)
      return integers.append(try integer)
    }
    var reader = WireReader(window, range, message: message)
    while !reader.isAtEnd {
      try window.keep(byteCount: MemoryLayout<Int>.size, at: offset)
      integers.append(Int(truncatingIfNeeded: try reader.varint()))
    }
  }

  private func mismatch(_ expected: String) -> ModelFormatError {
    let found =
      switch content {
      case .varint: "a varint"
      case .fixed64: "8 bytes"
      case .fixed32: "4 bytes"
      case .bytes: "bytes with their length"
      }
    return ModelFormatError(
      .malformedValue, section: message, offset: offset, expected: "\(expected) in field \(number)", found: found)
  }
}
