import CZlib

/// CRC-32 as zlib, gzip and PNG use it: polynomial 0x04C11DB7 reflected, initial value and final xor all ones
/// (ISO/IEC 3309; RFC 1952, section 8).
package struct CRC32: Equatable, Sendable {
  /// The checksum of all bytes taken in so far.
  package private(set) var value: UInt32 = 0

  package init() {}

  /// Takes in more bytes. O(n).
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    value = unsafe UInt32(crc32_z(uLong(value), base.assumingMemoryBound(to: UInt8.self), bytes.count))
  }

  /// Takes in bytes whose own checksum is known. O(log n).
  package mutating func append(_ other: CRC32, byteCount: Int) {
    value = UInt32(crc32_combine(uLong(value), uLong(other.value), numericCast(byteCount)))
  }

  /// The checksum of `bytes`.
  package static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var checksum = CRC32()
    unsafe checksum.update(bytes)
    return checksum.value
  }

  /// The checksum of `bytes`.
  package static func checksum(_ bytes: some Collection<UInt8>) -> UInt32 {
    unsafe bytes.withContiguousStorageIfAvailable { unsafe checksum(UnsafeRawBufferPointer($0)) }
      ?? Array(bytes).withUnsafeBytes { unsafe checksum($0) }
  }
}
