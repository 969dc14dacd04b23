/// Blocks of 256 numbers, in parts of 16 or 32 that have small scales, and one or two scales of those.
///
/// The formulas are those of `gguf/quants.py` in the gguf package, operation by operation, so that numbers agree to the
/// last bit. Let d and e be the scales of the block, s and m those of a part.
extension BlockEncoding {
  /// d · s · q − e · m, q of 2 bits, parts of 16.
  static let q2_K = BlockEncoding(eachOf: "q2_k", 256, 84) { (block, numbers) in
    let (scale, leastScale) = (block.half(80), block.half(82))
    for part in 0..<16 {
      let (partScale, least) = (scale * Float(block[part] & 15), leastScale * Float(block[part] >> 4))
      let (start, shift) = (16 + part / 8 * 32 + part % 2 * 16, part % 8 / 2 * 2)
      for index in 0..<16 {
        numbers[part * 16 + index] = partScale * Float(block[start + index] >> shift & 3) - least
      }
    }
  }

  /// d · (s − 32) · (q − 4), q of 3 bits, s of 6 bits, parts of 16.
  static let q3_K = BlockEncoding(eachOf: "q3_k", 256, 110) { (block, numbers) in
    let scale = block.half(108)
    for part in 0..<16 {
      let lower = block[96 + part % 8] >> (part / 8 * 4) & 15
      let upper = block[104 + part % 4] >> (part / 4 * 2) & 3
      let partScale = scale * Float(lower | upper << 4 - 32)
      let (start, shift) = (32 + part / 8 * 32 + part % 2 * 16, part % 8 / 2 * 2)
      for index in 0..<16 {
        let top = block[part % 2 * 16 + index] >> (part / 2) & 1
        numbers[part * 16 + index] = partScale * Float(block[start + index] >> shift & 3 | top << 2 - 4)
      }
    }
  }

  /// d · s · q − e · m, q of 4 bits, s and m of 6 bits, parts of 32.
  static let q4_K = BlockEncoding(eachOf: "q4_k", 256, 144) { (block, numbers) in
    let (scale, leastScale) = (block.half(0), block.half(2))
    for part in 0..<8 {
      let (partScale, least) = partScales(block, part)
      let (multiple, offset) = (scale * partScale, leastScale * least)
      let (start, shift) = (16 + part / 2 * 32, part % 2 * 4)
      for index in 0..<32 {
        numbers[part * 32 + index] = multiple * Float(block[start + index] >> shift & 15) - offset
      }
    }
  }

  /// d · s · q − e · m, q of 5 bits, s and m of 6 bits, parts of 32.
  static let q5_K = BlockEncoding(eachOf: "q5_k", 256, 176) { (block, numbers) in
    let (scale, leastScale) = (block.half(0), block.half(2))
    for part in 0..<8 {
      let (partScale, least) = partScales(block, part)
      let (multiple, offset) = (scale * partScale, leastScale * least)
      let (start, shift) = (48 + part / 2 * 32, part % 2 * 4)
      for index in 0..<32 {
        let value = block[start + index] >> shift & 15 | (block[16 + index] >> part & 1) << 4
        numbers[part * 32 + index] = multiple * Float(value) - offset
      }
    }
  }

  /// d · s · (q − 32), q of 6 bits, s of 8 bits with a sign, parts of 16.
  static let q6_K = BlockEncoding(eachOf: "q6_k", 256, 210) { (block, numbers) in
    let scale = block.half(208)
    for part in 0..<16 {
      let partScale = scale * Float(block.signed(192 + part))
      let (half, quarter, rest) = (part / 8, part % 8 / 2, part % 2 * 16)
      let (start, shift) = (half * 64 + quarter % 2 * 32 + rest, quarter / 2 * 4)
      for index in 0..<16 {
        let lower = block[start + index] >> shift & 15
        let upper = block[128 + half * 32 + rest + index] >> (quarter * 2) & 3
        numbers[part * 16 + index] = partScale * Float(lower | upper << 4 - 32)
      }
    }
  }

  /// d · q, q of 8 bits with a sign; d is no half but an `f32`, and the sums at the end are not needed.
  static let q8_K = BlockEncoding(eachOf: "q8_k", 256, 292) { (block, numbers) in
    let scale = Float(bitPattern: block.integer(0, UInt32.self))
    for index in 0..<256 { numbers[index] = scale * Float(block.signed(4 + index)) }
  }

  /// d · (s − 32) · v(q), q of 4 bits as in IQ4_NL, s of 6 bits, parts of 32.
  static let iq4_xs = BlockEncoding(eachOf: "iq4_xs", 256, 136) { (block, numbers) in
    let (scale, bits, values) = (block.half(0), Int(block.integer(2, UInt16.self)), unevenValues)
    for part in 0..<8 {
      let lower = block[4 + part / 2] >> (part % 2 * 4) & 15
      let partScale = scale * Float(lower | (bits >> (part * 2) & 3) << 4 - 32)
      for index in 0..<16 {
        let pair = block[8 + part * 16 + index]
        numbers[part * 32 + index] = partScale * values[pair & 15]
        numbers[part * 32 + index + 16] = partScale * values[pair >> 4]
      }
    }
  }

  /// d · (q − 1), five q of three values each a byte: the digits of a fraction to the base of 3.
  static let tq1_0 = BlockEncoding(eachOf: "tq1_0", 256, 54) { (block, numbers) in
    let scale = block.half(52)
    func fill(_ first: Int, _ start: Int, _ count: Int, _ digits: Int) {
      var power = 1
      for digit in 0..<digits {
        for index in 0..<count {
          let value = (block[start + index] * power & 255) * 3 >> 8
          numbers[first + digit * count + index] = scale * Float(value - 1)
        }
        power *= 3
      }
    }
    fill(0, 0, 32, 5)
    fill(160, 32, 16, 5)
    fill(240, 48, 4, 4)
  }

  /// d · (q − 1), q of 2 bits.
  static let tq2_0 = BlockEncoding(eachOf: "tq2_0", 256, 66) { (block, numbers) in
    let scale = block.half(64)
    for part in 0..<8 {
      let (start, shift) = (part / 4 * 32, part % 4 * 2)
      for index in 0..<32 {
        numbers[part * 32 + index] = scale * Float(block[start + index] >> shift & 3 - 1)
      }
    }
  }

  /// The scale and the least value of a part of 32 in Q4_K and Q5_K: six bits each, in twelve bytes from the fifth on.
  @inline(__always)
  private static func partScales(_ block: StoredBlock, _ part: Int) -> (scale: Float, least: Float) {
    if part < 4 { return (Float(block[4 + part] & 63), Float(block[8 + part] & 63)) }
    let shared = block[8 + part]
    return (
      Float(shared & 15 | block[part] >> 2 & 48), Float(shared >> 4 | block[4 + part] >> 2 & 48)
    )
  }
}
