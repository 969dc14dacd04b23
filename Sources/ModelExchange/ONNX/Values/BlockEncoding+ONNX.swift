import ModelFormat

extension BlockEncoding {
  /// Two elements of 4 bits a byte, the first in the lower half, from 0 to 15.
  static let unsigned4 = BlockEncoding("u4", bits: 4, isSigned: false)
  /// Two elements of 4 bits a byte, the first in the lower half, from −8 to 7.
  static let signed4 = BlockEncoding("i4", bits: 4, isSigned: true)
  /// Four elements of 2 bits a byte, the first in the lowest bits, from 0 to 3.
  static let unsigned2 = BlockEncoding("u2", bits: 2, isSigned: false)
  /// Four elements of 2 bits a byte, the first in the lowest bits, from −2 to 1.
  static let signed2 = BlockEncoding("i2", bits: 2, isSigned: true)
  /// A real and an imaginary part, each an `f64`.
  static let complex128 = BlockEncoding("c128", blockByteCount: 16)

  /// Integers of a part of a byte, the first in the lowest bits.
  private init(_ name: String, bits: Int, isSigned: Bool) {
    let (count, unused) = (8 / bits, 8 - bits)
    self.init(name, blockCount: count, blockByteCount: 1, padsLastBlock: true) { (blocks, numbers) in
      for index in 0..<blocks.count * count {
        let byte = UInt8(truncatingIfNeeded: blocks[index / count])
        let shifted = byte << UInt8(unused - index % count * bits)
        numbers[index] = isSigned ? Float(Int8(bitPattern: shifted) >> Int8(unused)) : Float(shifted >> UInt8(unused))
      }
    }
  }
}
