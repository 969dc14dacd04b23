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
  /// The share of positions at which a sequence starts that stood before, long enough not to be there by chance.
  let repetition: Double

  /// Bytes per block, and how far blocks lie apart: every stretch of the plane is seen.
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
      for index in start..<end { counts[Int(plane[index])] &+= 1 }
      total += end - start
    }
    var bits = 0.0
    for count in counts where count > 0 { bits -= Double(count) * log2(Double(count) / Double(total)) }
    entropy = total > 0 ? bits / Double(total) : 0
    repetition = PlaneSample.repetition(in: plane, entropy: entropy)
  }

  /// Sequences of 40 bits of information: two equal ones in a window of 4096 are no accident.
  private static func repetition(in plane: UnsafeBufferPointer<UInt8>, entropy: Double) -> Double {
    let length = Int(max(5, min(64, (40 / max(entropy, 0.1)).rounded(.up))))
    let window = min(windowSize, plane.count)
    guard window > 4 * length else { return 0 }
    let start = (plane.count - window) / 2
    var last = [Int32](repeating: -1, count: 4096)
    var (found, looked) = (0, 0)
    var position = start
    let end = start + window - length
    while position < end {
      // FNV-1a over the sequence.
      var hash: UInt32 = 2_166_136_261
      for index in position..<position + length { hash = (hash ^ UInt32(plane[index])) &* 16_777_619 }
      let slot = Int(hash >> 20)
      let previous = Int(last[slot])
      if previous >= 0, (0..<length).allSatisfy({ plane[previous + $0] == plane[position + $0] }) { found += 1 }
      last[slot] = Int32(truncatingIfNeeded: position)
      looked += 1
      position += 1
    }
    return Double(found) / Double(max(looked, 1))
  }
}
