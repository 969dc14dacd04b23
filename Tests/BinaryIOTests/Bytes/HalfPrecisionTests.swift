import BinaryIO
import Testing

struct HalfPrecisionTests {
  @Test func numbersByHandAreWidened() {
    #expect(HalfPrecision.float(0x3C00) == 1)
    #expect(HalfPrecision.float(0xC000) == -2)
    #expect(HalfPrecision.float(0x7BFF) == 65_504)
    #expect(HalfPrecision.float(0x0001) == 0x1p-24)
    #expect(HalfPrecision.float(0x0400) == 0x1p-14)
    #expect(HalfPrecision.float(0x8000).sign == .minus)
    #expect(HalfPrecision.float(0xFC00) == -.infinity)
    #expect(HalfPrecision.float(0x7E00).isNaN)
  }
}
