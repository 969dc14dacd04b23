import ModelFormat
import ModelInspection
import Testing

struct TensorElementsTests {
  private func texts(_ tensor: Tensor) throws -> [String] {
    let reader = try reader([tensor])
    return try TensorElements(reader, at: 0).texts(in: 0..<tensor.description.count)
  }

  @Test func `Texts give the elements back exactly`() throws {
    #expect(
      try texts(try tensor([0.1, -0.0, 1e300, .nan, .infinity, -.infinity, .leastNonzeroMagnitude]))
        == ["0.1", "-0.0", "1e+300", "nan", "inf", "-inf", "5e-324"])
    #expect(try texts(try tensor(.uint64, [UInt64.max, 0])) == ["18446744073709551615", "0"])
    #expect(try texts(try tensor(.int64, [Int64.min, .max])) == ["-9223372036854775808", "9223372036854775807"])
    #expect(try texts(try tensor(.int8, [Int8.min, -1, 127])) == ["-128", "-1", "127"])
    #expect(try texts(try tensor(.boolean, [UInt8(0), 1])) == ["false", "true"])
    #expect(try texts(try tensor(.bfloat16, [UInt16(0x3DCD), 0x7FC0])) == ["0.100097656", "nan"])
    #expect(try texts(try tensor(.float32, [Float(0.1).bitPattern])) == ["0.1"])
  }
}
