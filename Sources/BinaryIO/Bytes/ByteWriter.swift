/// Appends numbers and strings to a growing buffer.
package struct ByteWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// Appends an integer, least significant byte first.
  package mutating func writeLittleEndian<T: FixedWidthInteger>(_ value: T) {
    unsafe withUnsafeBytes(of: value.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends an integer, most significant byte first.
  package mutating func writeBigEndian<T: FixedWidthInteger>(_ value: T) {
    unsafe withUnsafeBytes(of: value.bigEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends bytes as they are.
  package mutating func write(_ more: some Sequence<UInt8>) {
    bytes.append(contentsOf: more)
  }
}
