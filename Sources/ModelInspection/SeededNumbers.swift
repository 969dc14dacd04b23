/// Pseudo-random numbers that follow from a seed: SplitMix64 (Steele, Lea and Flood, 2014).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return SeededNumbers.mixed(state)
  }

  /// Bits that look random, and follow from `bits` alone.
  static func mixed(_ bits: UInt64) -> UInt64 {
    var mixed = bits
    mixed = (mixed ^ (mixed &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed &>> 31)
  }

  /// A place among `count` ones: ⌊bits · count / 2⁶⁴⌋. The bias is below count / 2⁶⁴.
  mutating func place(below count: Int) -> Int { Int(UInt64(count).multipliedFullWidth(by: next()).high) }
}
