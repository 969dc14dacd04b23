#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a look at a small part of a byte plane tells about it.
struct PlaneSample {
  /// Shannon's entropy of single bytes in bits: what Huffman coding alone can reach. 0…8.
  let entropy: Double
  /// The share of positions at which a sequence starts that occurred before, long enough not to be there by chance.
  let repetition: Double

  /// Bytes per block, and how far apart blocks are: every stretch of the plane is seen.
  private static let blockSize = 256
  private static let blockCount = 64
  private static let windowSize = 4096

  /// Looks at 16 KiB spread over the plane, and for repetitions at a window in its middle. O(1).
  init(_ plane: UnsafeBufferPointer<UInt8>) {
    var counts = [UInt32](repeating: 0, count: 256)
    let blocks = max(1, min(PlaneSample.blockCount, plane.count / PlaneSample.blockSize))
    let distance = plane.count / blocks
    var total = 0
    for block in 0..<blocks {
      let start = block * distance
      let end = min(start + PlaneSample.blockSize, plane.count)
      for index in start..<end { unsafe counts[Int(plane[index])] &+= 1 }
      total += end - start
    }
    var bits = 0.0
    for count in counts where count > 0 { bits -= Double(count) * log2(Double(count) / Double(total)) }
    entropy = total > 0 ? bits / Double(total) : 0
    repetition = unsafe PlaneSample.repetition(in: plane, entropy: entropy)
  }

  /// Sequences of 40 bits of information: two equal ones in a window of 4096 are no accident.
  private static func repetition(in plane: UnsafeBufferPointer<UInt8>, entropy: Double) -> Double {
    let length = Int(max(5, min(64, (40 / max(entropy, 0.1)).rounded(.up))))
    let window = min(windowSize, plane.count)
    guard window > 4 * length else { return 0 }
    let start = (plane.count - window) / 2
    let last = start + window - length
    // The hash of a sequence is a polynomial of its bytes: the next one follows from it in constant time.
    let base: UInt32 = 0x0100_0193
    var leaving: UInt32 = 1
    for _ in 1..<length { leaving = leaving &* base }
    var hash: UInt32 = 0
    for index in start..<start + length { hash = unsafe hash &* base &+ UInt32(plane[index]) &+ 1 }
    var seen = [Int32](repeating: -1, count: 4096)
    var found = 0
    for position in start..<last {
      let slot = Int((hash &* 0x9E37_79B1) >> 20)
      let previous = Int(seen[slot])
      if previous >= 0, (0..<length).allSatisfy({ unsafe plane[previous + $0] == plane[position + $0] }) { found += 1 }
      seen[slot] = Int32(truncatingIfNeeded: position)
      hash = unsafe (hash &- (UInt32(plane[position]) &+ 1) &* leaving) &* base &+ UInt32(plane[position + length]) &+ 1
    }
    return Double(found) / Double(last - start)
  }
}
