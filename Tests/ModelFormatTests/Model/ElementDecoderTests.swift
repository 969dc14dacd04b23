import Testing

@testable import ModelFormat

/// Bytes to numbers.
struct ElementDecoderTests {
  private func decode(_ bytes: [UInt8], _ type: DataType, room: Int = 100_000) -> [Double] {
    [Double](unsafeUninitializedCapacity: room) { buffer, count in
      count = bytes.withUnsafeBytes {
        ElementDecoder.decode($0, of: type, into: UnsafeMutableBufferPointer(rebasing: buffer[..<room]))
      }
    }
  }

  private var allPatterns: [UInt8] {
    (0...UInt16.max).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
  }

  #if !(os(macOS) && arch(x86_64))
    /// All 65,536 half-precision numbers are those of Float16.
    @Test func allHalfPrecisionNumbersAreThoseOfFloat16() {
      let values = decode(allPatterns, .float16)
      #expect(values.count == 65_536)
      let wrong = values.indices.filter { index in
        let expected = Double(Float16(bitPattern: UInt16(index)))
        return expected.isNaN ? !values[index].isNaN : values[index].bitPattern != expected.bitPattern
      }
      #expect(wrong == [])
    }
  #endif

  /// All 65,536 bfloat16 numbers are the upper halves of Float.
  @Test func allBfloat16NumbersAreTheUpperHalvesOfFloat() {
    let values = decode(allPatterns, .bfloat16)
    #expect(values.count == 65_536)
    let wrong = values.indices.filter { index in
      let expected = Double(Float(bitPattern: UInt32(index) << 16))
      return expected.isNaN ? !values[index].isNaN : values[index].bitPattern != expected.bitPattern
    }
    #expect(wrong == [])
  }

  @Test func everyTypeIsDecodedFromLittleEndian() {
    let bytes: [UInt8] = [0x80, 0xFF, 0x01, 0x02, 0x03, 0x04, 0x05, 0x86]
    #expect(decode(bytes, .uint8) == [128, 255, 1, 2, 3, 4, 5, 134])
    #expect(decode(bytes, .int8) == [-128, -1, 1, 2, 3, 4, 5, -122])
    #expect(decode(bytes, .boolean) == [1, 1, 1, 1, 1, 1, 1, 1])
    #expect(decode([0, 1, 0], .boolean) == [0, 1, 0])
    #expect(decode(bytes, .uint16) == [0xFF80, 0x0201, 0x0403, 0x8605])
    #expect(decode(bytes, .int16) == [-128, 0x0201, 0x0403, -31_227])
    #expect(decode(bytes, .uint32) == [0x0201_FF80, 0x8605_0403])
    #expect(decode(bytes, .int32) == [0x0201_FF80, -2_046_491_645])
    #expect(decode(bytes, .uint64) == [Double(0x8605_0403_0201_FF80 as UInt64)])
    #expect(decode(bytes, .int64) == [Double(-8_789_614_686_778_556_544 as Int64)])
    #expect(decode([0, 0, 0xC0, 0x3F], .float32) == [1.5])
    #expect(decode([0, 0, 0, 0, 0, 0, 0xF8, 0xBF], .float64) == [-1.5])
    #expect(decode([UInt8](repeating: 0xFF, count: 8), .uint64) == [0x1p64])
  }

  @Test func noMoreElementsThanThereIsRoomForAndNoPartOfOne() {
    #expect(decode([1, 2, 3, 4, 5], .uint8, room: 2) == [1, 2])
    #expect(decode([1, 0, 2, 0, 3], .uint16) == [1, 2])
    #expect(decode([], .float64) == [])
  }

  @Test func sizesAndKindsOfTheThirteenTypes() {
    #expect(DataType.allCases.map(\.byteCount) == [8, 4, 2, 2, 1, 2, 4, 8, 1, 2, 4, 8, 1])
    #expect(DataType.allCases.filter(\.isFloatingPoint) == [.float64, .float32, .float16, .bfloat16])
    #expect(
      DataType.allCases.map(\.rawValue) == [
        "f64", "f32", "f16", "bf16", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "bool",
      ])
  }
}
