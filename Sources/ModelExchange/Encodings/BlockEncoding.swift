import ModelFormat

/// An encoding, and how its blocks become numbers.
struct BlockEncoding: Sendable {
  /// Turns whole blocks into their numbers, one after the other. There is room for all of them.
  typealias Decoder = @Sendable (_ blocks: StoredBlock, _ numbers: BlockNumbers) -> Void

  let encoding: TensorEncoding
  /// Nil for blocks that are listed and carried, and not turned into numbers.
  let decode: Decoder?

  init(
    _ name: String, blockCount: Int = 1, blockByteCount: Int, padsLastBlock: Bool = false, _ decode: Decoder? = nil
  ) {
    encoding = TensorEncoding(
      name: name, blockCount: blockCount, blockByteCount: blockByteCount, padsLastBlock: padsLastBlock,
      hasNumbers: decode != nil)
    self.decode = decode
  }
}

extension BlockEncoding {
  /// Numbers of a byte: a table of 256.
  private init(_ name: String, _ layout: ByteFloat) {
    let table = layout.table
    self.init(name, blockByteCount: 1) { (blocks, numbers) in
      for index in 0..<blocks.count { numbers[index] = table[blocks[index]] }
    }
  }

  /// A sign, 4 bits of exponent and 3 of fraction, without infinities (OCP 8-bit floating point, revision 1.0).
  static let float8E4M3 = BlockEncoding("f8_e4m3", .e4m3)
  /// A sign, 5 bits of exponent and 2 of fraction, with infinities (OCP 8-bit floating point, revision 1.0).
  static let float8E5M2 = BlockEncoding("f8_e5m2", .e5m2)
  /// A power of two, such as blocks of smaller numbers share (OCP microscaling formats, version 1.0).
  static let float8E8M0 = BlockEncoding("f8_e8m0", .e8m0)
  /// As `float8E4M3` with half the values, one zero and one NaN (arXiv 2206.02915).
  static let float8E4M3FNUZ = BlockEncoding("f8_e4m3fnuz", .e4m3fnuz)
  /// As `float8E5M2` with half the values, one zero and one NaN (arXiv 2206.02915).
  static let float8E5M2FNUZ = BlockEncoding("f8_e5m2fnuz", .e5m2fnuz)
  /// Two elements of 4 bits a byte. Which of them comes first is a matter of the program that wrote them.
  static let float4 = BlockEncoding("f4", blockCount: 2, blockByteCount: 1)
  /// Four elements of 6 bits in three bytes. How they are packed is a matter of the program that wrote them.
  static let float6E2M3 = BlockEncoding("f6_e2m3", blockCount: 4, blockByteCount: 3)
  /// Four elements of 6 bits in three bytes. How they are packed is a matter of the program that wrote them.
  static let float6E3M2 = BlockEncoding("f6_e3m2", blockCount: 4, blockByteCount: 3)
  /// A real and an imaginary part, each an `f32`.
  static let complex64 = BlockEncoding("c64", blockByteCount: 8)
}
