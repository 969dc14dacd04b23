import BinaryIO
import ModelFormat
import TestSupport
import Testing

@testable import ModelExchange

/// The numbers of eight bits, each code against ml_dtypes.
struct ByteFloatTests {
  @Test func `all codes of all types are the numbers of ml_dtypes`() throws {
    let oracle: SafetensorsTypesOracle = try Oracle.recorded("safetensors_types.json")
    let types: [(String, ByteFloat)] = [
      ("f8_e4m3", .e4m3), ("f8_e5m2", .e5m2), ("f8_e8m0", .e8m0), ("f8_e4m3fnuz", .e4m3fnuz),
      ("f8_e5m2fnuz", .e5m2fnuz),
    ]
    #expect(Set(types.map(\.0)) == Set(oracle.numbers.keys))
    for (name, layout) in types {
      let expected = try #require(oracle.numbers[name])
      let found = layout.table.map { $0.isNaN ? -1 : Int($0.bitPattern) }
      #expect(found == expected, "\(name)")
    }
  }

  @Test func `what is well known of them`() {
    #expect(ByteFloat.e4m3.table[0x7E] == 448 && ByteFloat.e4m3.table[0xFE] == -448)
    #expect(ByteFloat.e4m3.table[0x7F].isNaN && ByteFloat.e4m3.table[0xFF].isNaN)
    #expect(ByteFloat.e5m2.table[0x7B] == 57344 && ByteFloat.e5m2.table[0x7C] == .infinity)
    #expect(ByteFloat.e8m0.table[127] == 1 && ByteFloat.e8m0.table[0] == 0x1p-127)
    #expect(ByteFloat.e4m3.table[0x80].sign == .minus && ByteFloat.e4m3fnuz.table[0x80].isNaN)
  }
}

/// What `safetensors_types.py` recorded.
struct SafetensorsTypesOracle: Decodable {
  struct Reading: Decodable {
    let file: String
    let accepted: Bool
  }

  let types: [String]
  let written: String
  let values: [String: String]
  let read: [Reading]
  /// The bits of 256 numbers, −1 for NaN.
  let numbers: [String: [Int]]
}
