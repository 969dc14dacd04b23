import ModelFormat

/// Goes through a message of the wire format of Protocol Buffers field by field
/// (https://protobuf.dev/programming-guides/encoding).
///
/// Nothing of a field but its number and place is read before it is asked for. Every length is checked against the
/// message that it is in, so that no message reaches out of its own; what is unknown can be passed over.
struct WireReader {
  private let window: SourceWindow
  /// What errors call the message, such as `GraphProto`.
  private let message: String
  private(set) var position: Int
  private let end: Int

  var isAtEnd: Bool { position >= end }

  init(_ window: SourceWindow, _ range: Range<Int>, message: String) {
    self.window = window
    self.message = message
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next field; nil at the end.
  ///
  /// - Throws: `malformedValue` for what is no field; `truncated` for one that does not end before the file does,
  ///   `inconsistentLayout` for one that does not end before its message does.
  mutating func next() throws(ModelFormatError) -> WireField? {
    guard position < end else { return nil }
    let start = position
    let tag = try varint()
    guard let number = Int(exactly: tag >> 3), 1...(1 << 29 - 1) ~= number else {
      throw malformed(at: start, "a field number from 1 to \(1 << 29 - 1)", "\(tag >> 3)")
    }
    let content: WireField.Content
    switch tag & 7 {
    case 0: content = .varint(try varint())
    case 1:
      try require(8, at: start)
      content = .fixed64(try window.number(at: position, UInt64.self))
      position += 8
    case 2:
      let length = try varint()
      guard let count = Int(exactly: length), count <= end - position else { throw overrun(length, at: start) }
      content = .bytes(position..<position + count)
      position += count
    case 5:
      try require(4, at: start)
      content = .fixed32(try window.number(at: position, UInt32.self))
      position += 4
    default: throw malformed(at: start, "the wire type 0, 1, 2 or 5", "\(tag & 7) for field \(number)")
    }
    return WireField(message: message, number: number, content: content, offset: start)
  }

  /// A number of up to 64 bits, seven bits a byte, the lowest first.
  mutating func varint() throws(ModelFormatError) -> UInt64 {
    let start = position
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      try require(1, at: start)
      let byte = try window.byte(at: position)
      position += 1
      guard shift < 63 || byte <= 1 else { throw malformed(at: start, "a varint of at most 64 bits", "a longer one") }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  private func require(_ count: Int, at start: Int) throws(ModelFormatError) {
    if count > end - position { throw overrun(UInt64(count), at: start) }
  }

  private func overrun(_ count: UInt64, at start: Int) -> ModelFormatError {
    ModelFormatError(
      end == window.byteCount ? .truncated : .inconsistentLayout, section: message, offset: start,
      expected: "\(count) \(count == 1 ? "byte" : "bytes") of a field from offset \(position) on",
      found: "\(end - position) up to the end of the message")
  }

  private func malformed(at offset: Int, _ expected: String, _ found: String) -> ModelFormatError {
    ModelFormatError(.malformedValue, section: message, offset: offset, expected: expected, found: found)
  }
}
