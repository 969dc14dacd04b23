/// Packs bits into memory whose size the caller has computed, lowest bit first (RFC 1951, section 3.1.1).
///
/// Writes eight bytes at a time: the memory needs that much room after the last bit.
@safe
struct BitWriter {
  /// The room after the last bit that `flush` may write to.
  static let slack = 8

  private var target: UnsafeMutablePointer<UInt8>
  private var bits: UInt64 = 0
  private var count: UInt64 = 0

  init(_ target: UnsafeMutablePointer<UInt8>) { unsafe self.target = unsafe target }

  /// Adds `length` bits; between two flushes there may be 56 in all.
  @inline(__always)
  mutating func add(_ word: UInt64, length: UInt64) {
    bits |= word &<< count
    count &+= length
  }

  /// Writes all whole bytes.
  @inline(__always)
  mutating func flush() {
    unsafe UnsafeMutableRawPointer(target).storeBytes(of: bits.littleEndian, as: UInt64.self)
    unsafe target += Int(truncatingIfNeeded: count &>> 3)
    bits &>>= count & 56
    count &= 7
  }

  /// Fills the last byte with zero bits, and returns where the next one goes.
  mutating func finish() -> UnsafeMutablePointer<UInt8> {
    count = (count + 7) & ~7
    flush()
    return unsafe target
  }
}
