/// Takes bits out of memory, lowest bit first (RFC 1951, section 3.1.1). After the end there are zero bits; `overran`
/// tells that some of them were used.
@safe
struct BitReader {
  private let bytes: UnsafeRawBufferPointer
  private(set) var position: Int
  private(set) var bits: UInt64 = 0
  /// The bits of `bits` that count; those above may be there already, and are the right ones.
  private(set) var count = 0
  /// Zero bits that stand for bytes after the end.
  private var invented = 0

  init(_ bytes: UnsafeRawBufferPointer, position: Int) {
    unsafe self.bytes = unsafe bytes
    self.position = position
  }

  /// Whether bits were taken that the memory does not hold.
  var overran: Bool { count < invented }

  /// How many whole bytes were taken; the rest of the last one is skipped.
  var consumed: Int { position - (count - invented) / 8 }

  /// Whether `refillFast` may be called.
  var hasEightBytes: Bool { unsafe position &+ 8 <= bytes.count }

  /// Makes sure that there are 56 bits, from eight bytes that must be there.
  @inline(__always)
  mutating func refillFast(_ base: UnsafeRawPointer) {
    unsafe bits |= UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self)) &<< UInt64(count)
    position &+= (63 &- count) &>> 3
    count |= 56
  }

  /// Makes sure that there are 56 bits.
  mutating func refill() {
    // What a fast refill left above `count` comes again.
    bits &= (1 << UInt64(count)) &- 1
    while count <= 56 {
      if unsafe position < bytes.count {
        unsafe bits |= UInt64(bytes[position]) << UInt64(count)
        position += 1
      } else {
        invented += 8
      }
      count += 8
    }
  }

  /// Drops bits that were looked at.
  @inline(__always)
  mutating func drop(_ length: Int) {
    bits &>>= UInt64(length)
    count &-= length
  }

  /// Takes up to 32 bits.
  mutating func take(_ length: Int) -> Int {
    if count < length { refill() }
    let value = Int(bits & ((1 << UInt64(length)) - 1))
    drop(length)
    return value
  }
}
