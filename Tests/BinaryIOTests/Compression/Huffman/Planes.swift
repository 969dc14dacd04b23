import TestSupport

/// Bytes of many distributions, from one value to noise: what byte planes of weights look like, and what they do not.
enum Planes {
  static func all(seed: UInt64) -> [[UInt8]] {
    var random = SplitMix64(seed: seed)
    var planes: [[UInt8]] = [[0], [255], [1, 2], [UInt8](repeating: 9, count: 5000)]
    for count in [2, 7, 8, 9, 63, 300, 5000, 70_000] {
      planes.append(random.bytes(count))
      planes.append(geometric(count, &random))
      planes.append(rare(count, &random))
      planes.append((0..<count).map { UInt8(truncatingIfNeeded: $0) })
    }
    return planes
  }

  /// Each value is half as frequent as the one before: the best code has words of every length.
  static func geometric(_ count: Int, _ random: inout SplitMix64) -> [UInt8] {
    (0..<count).map { _ in UInt8(100 + random.next().trailingZeroBitCount) }
  }

  /// Almost always one value, and now and then one of all others.
  static func rare(_ count: Int, _ random: inout SplitMix64) -> [UInt8] {
    (0..<count).map { _ in random.next() % 400 == 0 ? UInt8(truncatingIfNeeded: random.next()) : 42 }
  }
}
