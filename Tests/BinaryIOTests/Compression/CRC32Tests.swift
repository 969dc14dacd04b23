import BinaryIO
import Testing

@Suite struct CRC32Tests {
  @Test func theCheckValueIsThatOfTheCatalogues() {
    // The check value that catalogues of CRCs list for CRC-32/ISO-HDLC.
    #expect(CRC32.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
  }

  @Test func nothingHasChecksumZero() {
    #expect(CRC32().value == 0)
    #expect(CRC32.checksum([]) == 0)
    #expect(CRC32.checksum(UnsafeRawBufferPointer(start: nil, count: 0)) == 0)
  }

  @Test func piecesGiveTheChecksumOfTheWhole() {
    let bytes = Array("123456789".utf8)
    for cut in 0...bytes.count {
      var checksum = CRC32()
      bytes[..<cut].withUnsafeBytes { checksum.update($0) }
      bytes[cut...].withUnsafeBytes { checksum.update($0) }
      #expect(checksum.value == 0xCBF4_3926)
    }
  }

  @Test func checksumsOfPiecesGiveTheChecksumOfTheWhole() {
    let bytes = Array("123456789".utf8)
    for cut in 0...bytes.count {
      var (checksum, rest) = (CRC32(), CRC32())
      bytes[..<cut].withUnsafeBytes { checksum.update($0) }
      bytes[cut...].withUnsafeBytes { rest.update($0) }
      checksum.update(rest.value, byteCount: bytes.count - cut)
      #expect(checksum.value == 0xCBF4_3926)
    }
  }

  @Test func collectionsNeedNoContiguousStorage() {
    #expect(CRC32.checksum("123456789".utf8.reversed().reversed()) == 0xCBF4_3926)
    #expect(CRC32.checksum(AnyCollection(Array("123456789".utf8))) == 0xCBF4_3926)
  }

  @Test func everyFlippedBitShows() {
    var bytes = Array("123456789".utf8)
    for index in bytes.indices {
      for bit in 0..<8 {
        bytes[index] ^= 1 << bit
        #expect(CRC32.checksum(bytes) != 0xCBF4_3926)
        bytes[index] ^= 1 << bit
      }
    }
  }
}
