/// Blocks of 32 numbers with one scale d, and perhaps one least value m, in half precision.
///
/// The formulas are those of `gguf/quants.py` in the gguf package, operation by operation, so that numbers agree to the
/// last bit. A byte of two small integers has that of the first half of the block in its lower four bits.
extension BlockEncoding {
  /// d · (q − 8), q of 4 bits.
  static let q4_0 = BlockEncoding(eachOf: "q4_0", 32, 18) { (block, numbers) in
    let scale = block.half(0)
    for index in 0..<16 {
      let pair = block[2 + index]
      numbers[index] = scale * Float(pair & 15 - 8)
      numbers[index + 16] = scale * Float(pair >> 4 - 8)
    }
  }

  /// d · q + m, q of 4 bits.
  static let q4_1 = BlockEncoding(eachOf: "q4_1", 32, 20) { (block, numbers) in
    let (scale, least) = (block.half(0), block.half(2))
    for index in 0..<16 {
      let pair = block[4 + index]
      numbers[index] = scale * Float(pair & 15) + least
      numbers[index + 16] = scale * Float(pair >> 4) + least
    }
  }

  /// d · (q − 16), q of 5 bits, the fifth bits of all together.
  static let q5_0 = BlockEncoding(eachOf: "q5_0", 32, 22) { (block, numbers) in
    let (scale, bits) = (block.half(0), Int(block.integer(2, UInt32.self)))
    for index in 0..<16 {
      let pair = block[6 + index]
      numbers[index] = scale * Float(pair & 15 | (bits >> index & 1) << 4 - 16)
      numbers[index + 16] = scale * Float(pair >> 4 | (bits >> (index + 16) & 1) << 4 - 16)
    }
  }

  /// d · q + m, q of 5 bits, the fifth bits of all together.
  static let q5_1 = BlockEncoding(eachOf: "q5_1", 32, 24) { (block, numbers) in
    let (scale, least, bits) = (block.half(0), block.half(2), Int(block.integer(4, UInt32.self)))
    for index in 0..<16 {
      let pair = block[8 + index]
      numbers[index] = scale * Float(pair & 15 | (bits >> index & 1) << 4) + least
      numbers[index + 16] = scale * Float(pair >> 4 | (bits >> (index + 16) & 1) << 4) + least
    }
  }

  /// d · q, q of 8 bits with a sign.
  static let q8_0 = BlockEncoding(eachOf: "q8_0", 32, 34) { (block, numbers) in
    let scale = block.half(0)
    for index in 0..<32 { numbers[index] = scale * Float(block.signed(2 + index)) }
  }

  /// d · v(q), q of 4 bits that stand for values which lie closer around 0.
  static let iq4_nl = BlockEncoding(eachOf: "iq4_nl", 32, 18) { (block, numbers) in
    let (scale, values) = (block.half(0), unevenValues)
    for index in 0..<16 {
      let pair = block[2 + index]
      numbers[index] = scale * values[pair & 15]
      numbers[index + 16] = scale * values[pair >> 4]
    }
  }

  /// d · v(q) with a power of two d, and q of 4 bits with a sign, an exponent of 2 bits and a fraction of 1 (OCP
  /// microscaling formats, version 1.0).
  static let mxfp4 = BlockEncoding(eachOf: "mxfp4", 32, 17) { (block, numbers) in
    // The values are listed twice as large as they are, and the scale is taken half as large.
    let values = doubledValues
    let exponent = UInt32(block[0])
    let scale = Float(bitPattern: exponent < 2 ? 0x0020_0000 << exponent : (exponent - 1) << 23)
    for index in 0..<16 {
      let pair = block[1 + index]
      numbers[index] = scale * values[pair & 15]
      numbers[index + 16] = scale * values[pair >> 4]
    }
  }

  /// The value of each code of 4 bits in IQ4_NL and IQ4_XS.
  static let unevenValues: [Float] = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113]

  /// Twice the value of each code of 4 bits with an exponent of 2 bits and a fraction of 1.
  private static let doubledValues: [Float] = [0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12]
}
