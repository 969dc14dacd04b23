/// What a decoder sees in the next bits of a block: as many literals as they hold for certain, at one look.
///
/// | bits of an entry | meaning |
/// |---|---|
/// | 0–47 | up to six literals, the first one lowest |
/// | 48–55 | how many; 0 when the next symbol is none |
/// | 56–63 | how many bits they take |
@safe
struct LiteralTable: ~Copyable {
  /// The bits that are looked at; no word of the code is longer.
  static let indexBits = HuffmanStream.longestWord
  static let mask: UInt64 = (1 << UInt64(indexBits)) - 1
  private static let mostLiterals: UInt64 = 6

  let entries: UnsafeMutablePointer<UInt64>
  /// The symbol that the next bits stand for.
  let symbols: UnsafeMutablePointer<UInt16>
  /// The length of its word.
  let lengths: UnsafeMutablePointer<UInt8>

  private static let count = 1 << indexBits

  init() {
    unsafe entries = .allocate(capacity: LiteralTable.count)
    unsafe symbols = .allocate(capacity: LiteralTable.count)
    unsafe lengths = .allocate(capacity: LiteralTable.count)
    unsafe entries.initialize(repeating: 0, count: LiteralTable.count)
    unsafe symbols.initialize(repeating: 0, count: LiteralTable.count)
    unsafe lengths.initialize(repeating: 0, count: LiteralTable.count)
  }

  deinit {
    unsafe entries.deallocate()
    unsafe symbols.deallocate()
    unsafe lengths.deallocate()
  }

  /// Fills the table for a complete code without words longer than `indexBits`.
  func fill(_ code: CanonicalCode) {
    for (symbol, length) in code.lengths.enumerated() where length > 0 {
      for index in stride(from: Int(code.words[symbol]), to: LiteralTable.count, by: 1 << Int(length)) {
        unsafe symbols[index] = UInt16(symbol)
        unsafe lengths[index] = length
      }
    }
    for index in 0..<LiteralTable.count { unsafe entries[index] = literals(in: index) }
  }

  private func literals(in index: Int) -> UInt64 {
    var (literals, count, used): (UInt64, UInt64, Int) = (0, 0, 0)
    while count < LiteralTable.mostLiterals {
      let rest = index &>> used
      let length = unsafe Int(lengths[rest])
      guard used &+ length <= LiteralTable.indexBits, unsafe symbols[rest] < UInt16(HuffmanStream.endOfBlock) else {
        break
      }
      unsafe literals |= UInt64(symbols[rest]) &<< (8 &* count)
      count &+= 1
      used &+= length
    }
    return literals | count &<< 48 | UInt64(used) &<< 56
  }
}
