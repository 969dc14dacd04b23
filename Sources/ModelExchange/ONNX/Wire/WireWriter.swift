import BinaryIO

/// Puts a message of the wire format of Protocol Buffers together.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func tag(_ field: Int, type: Int) { varint(UInt64(field << 3 | type)) }

  mutating func integer(_ field: Int, _ value: Int) {
    tag(field, type: 0)
    varint(UInt64(bitPattern: Int64(value)))
  }

  mutating func float(_ field: Int, _ value: Float) {
    tag(field, type: 5)
    unsafe withUnsafeBytes(of: value.bitPattern.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  mutating func text(_ field: Int, _ text: String) {
    header(field, byteCount: text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  /// What stands before so many bytes of a field, which come from elsewhere.
  mutating func header(_ field: Int, byteCount: Int) {
    tag(field, type: 2)
    varint(UInt64(byteCount))
  }

  /// A message in a field, which `body` writes.
  mutating func message(_ field: Int, _ body: (inout WireWriter) -> Void) {
    var inner = WireWriter()
    body(&inner)
    header(field, byteCount: inner.bytes.count)
    bytes += inner.bytes
  }

  /// Bytes that are ready.
  mutating func append(_ more: [UInt8]) { bytes += more }
}
