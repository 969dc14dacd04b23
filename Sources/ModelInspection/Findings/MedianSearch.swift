/// The median of numbers that are computed anew whenever they are looked at, so that none has to be kept.
enum MedianSearch {
  /// So few are sorted.
  private static let fewValues = 4096
  /// The bits that one walk tells apart.
  private static let digit = 16

  /// The middle one of numbers that are not negative, or the mean of the two in the middle; exact, and NaN counts as more
  /// than infinity. O(n) time, five walks at most; 512 KiB of memory.
  ///
  /// - Parameters:
  ///   - count: how many there are, at least 1.
  ///   - value: the number at a place from 0 on.
  static func median(count: Int, _ value: (Int) -> Double) -> Double {
    let middle = count / 2
    if count <= fewValues {
      let sorted = (0..<count).map { value($0).magnitude.bitPattern }.sorted().map { Double(bitPattern: $0) }
      return count % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2
    }
    let rank = count % 2 == 1 ? middle : middle - 1
    let (lower, isRepeated) = select(rank, count, value)
    if count % 2 == 1 || isRepeated { return Double(bitPattern: lower) }
    // The next one is the least that is more.
    var upper = UInt64.max
    for place in 0..<count {
      let bits = value(place).magnitude.bitPattern
      if bits > lower { upper = min(upper, bits) }
    }
    return Double(bitPattern: lower) / 2 + Double(bitPattern: upper) / 2
  }

  /// The bits of the number at a rank, which are in the order of the numbers, and whether that at the next rank has the
  /// same. A radix selection from the leading bits on.
  private static func select(_ rank: Int, _ count: Int, _ value: (Int) -> Double) -> (bits: UInt64, isRepeated: Bool) {
    var (prefix, rest) = (UInt64(0), rank)
    var counts = [Int](repeating: 0, count: 1 << digit)
    var isRepeated = false
    for shift in stride(from: 64 - digit, through: 0, by: -digit) {
      for bucket in counts.indices { counts[bucket] = 0 }
      for place in 0..<count {
        let bits = value(place).magnitude.bitPattern
        // A shift by all bits leaves 0.
        if bits >> UInt64(shift + digit) == prefix {
          counts[Int(truncatingIfNeeded: bits >> UInt64(shift) & 0xFFFF)] += 1
        }
      }
      var bucket = 0
      while rest >= counts[bucket] {
        rest -= counts[bucket]
        bucket += 1
      }
      isRepeated = rest + 1 < counts[bucket]
      prefix = prefix << UInt64(digit) | UInt64(bucket)
    }
    return (prefix, isRepeated)
  }
}
