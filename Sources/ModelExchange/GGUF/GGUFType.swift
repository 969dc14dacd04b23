import ModelFormat

/// The element types of GGUF by their numbers, as `ggml_type` in `ggml.h` has them.
enum GGUFType {
  /// What a number stands for.
  ///
  /// - Throws: `unsupported` for types that ggml has given up, or that are newer than this.
  static func element(of number: UInt32) throws(ModelFormatError) -> StoredElement {
    if let element = elements[number] { return element }
    if let name = removed[number] {
      throw ModelFormatError(
        .unsupported, expected: "a type that ggml still has", found: "\(name) (number \(number)), which it has given up",
        advice: "make the file again from the original model with a newer llama.cpp")
    }
    throw ModelFormatError(
      .unsupported, expected: "one of the types that ggml has, numbers 0 to \(largest)", found: "number \(number)",
      advice: "quantise the model to another type, such as Q8_0")
  }

  private static let elements: [UInt32: StoredElement] = [
    0: .plain(.float32), 1: .plain(.float16), 2: .encoded(.q4_0), 3: .encoded(.q4_1), 6: .encoded(.q5_0),
    7: .encoded(.q5_1), 8: .encoded(.q8_0), 9: blocks("q8_1", of: 32, 40), 10: .encoded(.q2_K), 11: .encoded(.q3_K),
    12: .encoded(.q4_K), 13: .encoded(.q5_K), 14: .encoded(.q6_K), 15: .encoded(.q8_K),
    16: blocks("iq2_xxs", of: 256, 66), 17: blocks("iq2_xs", of: 256, 74), 18: blocks("iq3_xxs", of: 256, 98),
    19: blocks("iq1_s", of: 256, 50), 20: .encoded(.iq4_nl), 21: blocks("iq3_s", of: 256, 110),
    22: blocks("iq2_s", of: 256, 82), 23: .encoded(.iq4_xs), 24: .plain(.int8), 25: .plain(.int16),
    26: .plain(.int32), 27: .plain(.int64), 28: .plain(.float64), 29: blocks("iq1_m", of: 256, 56),
    30: .plain(.bfloat16), 34: .encoded(.tq1_0), 35: .encoded(.tq2_0), 39: .encoded(.mxfp4),
    40: blocks("nvfp4", of: 64, 36), 41: blocks("q1_0", of: 128, 18), 42: blocks("q2_0", of: 64, 18),
  ]

  private static let removed: [UInt32: String] = [
    4: "Q4_2", 5: "Q4_3", 31: "Q4_0_4_4", 32: "Q4_0_4_8", 33: "Q4_0_8_8", 36: "IQ4_NL_4_4", 37: "IQ4_NL_4_8",
    38: "IQ4_NL_8_8",
  ]

  private static let largest: UInt32 = 42

  /// Blocks that are not turned into numbers.
  private static func blocks(_ name: String, of count: Int, _ byteCount: Int) -> StoredElement {
    .encoded(BlockEncoding(name, blockCount: count, blockByteCount: byteCount))
  }
}
