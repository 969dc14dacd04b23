/// Too few bytes were left for what was to be read.
package struct EndOfBytes: Error, Equatable, Sendable {
  /// Where the read began.
  package let offset: Int
  /// How many bytes it needed.
  package let needed: Int
  /// How many there were.
  package let available: Int
}

/// A cursor over bytes in memory. A read that fails moves nothing.
package struct ByteReader {
  package let bytes: [UInt8]
  package private(set) var offset = 0

  /// How many bytes are left.
  package var remaining: Int { bytes.count - offset }

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  private func require(_ count: Int) throws(EndOfBytes) {
    guard count >= 0, count <= remaining else {
      throw EndOfBytes(offset: offset, needed: count, available: remaining)
    }
  }

  /// Reads an integer, most significant byte first.
  package mutating func readBigEndian<T: FixedWidthInteger>(_: T.Type = T.self) throws(EndOfBytes) -> T {
    try require(MemoryLayout<T>.size)
    let value = unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: offset, as: T.self) }
    offset += MemoryLayout<T>.size
    return T(bigEndian: value)
  }

  /// Reads `count` bytes.
  package mutating func read(count: Int) throws(EndOfBytes) -> ArraySlice<UInt8> {
    try require(count)
    defer { offset += count }
    return bytes[offset..<offset + count]
  }
}
