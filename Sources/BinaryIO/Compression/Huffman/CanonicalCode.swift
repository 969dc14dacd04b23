/// The code words that follow from their lengths (RFC 1951, section 3.2.2), with the first bit in the lowest place, as
/// DEFLATE packs them.
struct CanonicalCode {
  /// The word of each symbol.
  let words: [UInt16]
  /// The length of each symbol's word in bits; 0 for a symbol without one.
  let lengths: [UInt8]

  /// The longest word that DEFLATE allows.
  static let longestWord = 15

  init(lengths: some Sequence<UInt8>) {
    self.lengths = Array(lengths)
    var counts = [Int](repeating: 0, count: CanonicalCode.longestWord + 1)
    for length in self.lengths where length > 0 { counts[Int(length)] += 1 }
    var next = [Int](repeating: 0, count: CanonicalCode.longestWord + 2)
    for length in 1...CanonicalCode.longestWord { next[length + 1] = (next[length] + counts[length]) << 1 }
    var words = [UInt16](repeating: 0, count: self.lengths.count)
    for (symbol, length) in self.lengths.enumerated() where length > 0 {
      words[symbol] = CanonicalCode.reversed(UInt16(truncatingIfNeeded: next[Int(length)]), bits: length)
      next[Int(length)] += 1
    }
    self.words = words
  }

  /// Whether each sequence of bits starts with exactly one word: Σ 2^−length = 1.
  static func isComplete(_ lengths: some Sequence<UInt8>) -> Bool {
    lengths.reduce(0) { $1 > 0 ? $0 + (1 << (longestWord - Int($1))) : $0 } == 1 << longestWord
  }

  private static func reversed(_ word: UInt16, bits: UInt8) -> UInt16 {
    var (word, result): (UInt16, UInt16) = (word, 0)
    for _ in 0..<bits {
      result = result << 1 | word & 1
      word >>= 1
    }
    return result
  }
}
