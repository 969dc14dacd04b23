import CZlib
import Testing

/// The zlib that was linked is the one whose header was compiled, and it computes.
struct LinkedLibraryTests {
  @Test func versionOfLibraryAndHeaderAgree() {
    #expect(String(cString: zlibVersion()) == ZLIB_VERSION)
  }

  @Test func checksumOfTheCheckString() {
    // CRC-32/ISO-HDLC of "123456789", as every table of CRCs has it.
    let bytes = Array("123456789".utf8)
    #expect(crc32(0, bytes, uInt(bytes.count)) == 0xCBF4_3926)
  }

  @Test func theBoundHoldsForWhatDoesNotCompress() throws {
    var state: UInt32 = 1
    let bytes = (0..<10_000).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(truncatingIfNeeded: state >> 24)
    }
    var length = compressBound(uLong(bytes.count))
    var compressed = [UInt8](repeating: 0, count: Int(length))
    #expect(compress(&compressed, &length, bytes, uLong(bytes.count)) == Z_OK)
    var restored = [UInt8](repeating: 0, count: bytes.count)
    var restoredLength = uLong(restored.count)
    #expect(uncompress(&restored, &restoredLength, compressed, length) == Z_OK)
    #expect(restored == bytes)
  }
}
