import BinaryIO
import TestSupport
import Testing

@Suite struct ByteReaderTests {
  private let bytes: [UInt8] = [0x01, 0x02, 0x03, 0x04, 0x85, 0x06, 0x07, 0x08]

  private func expectEnd(
    offset: Int, needed: Int, available: Int, _ read: () throws -> Void,
    at location: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: EndOfBytes.self, sourceLocation: location) { try read() }
    #expect(error?.offset == offset, sourceLocation: location)
    #expect(error?.needed == needed, sourceLocation: location)
    #expect(error?.available == available, sourceLocation: location)
  }

  @Test func integersAreReadInBigEndian() throws {
    var reader = ByteReader(bytes)
    #expect(try reader.readBigEndian(UInt32.self) == 0x0102_0304)
    #expect(try reader.readBigEndian(Int16.self) == Int16(bitPattern: 0x8506))
    #expect(try reader.readBigEndian(UInt8.self) == 7)
    #expect(try reader.readBigEndian(Int8.self) == 8)
    #expect(reader.remaining == 0)
    var again = ByteReader(bytes)
    #expect(try again.readBigEndian(UInt64.self) == 0x0102_0304_8506_0708)
  }

  @Test func integersAreReadAtOddOffsets() throws {
    var reader = ByteReader(bytes)
    _ = try reader.read(count: 1)
    #expect(try reader.readBigEndian(UInt32.self) == 0x0203_0485)
    #expect(reader.offset == 5)
  }

  @Test(arguments: 0..<8) func aFailedReadMovesNothing(available: Int) throws {
    var reader = ByteReader(Array(bytes.prefix(available)))
    let start = min(available, 1)
    _ = try reader.read(count: start)
    let left = available - start
    expectEnd(offset: start, needed: 8, available: left) {
      _ = try reader.readBigEndian(Int64.self)
    }
    expectEnd(offset: start, needed: left + 1, available: left) {
      _ = try reader.read(count: left + 1)
    }
    expectEnd(offset: start, needed: .max, available: left) { _ = try reader.read(count: .max) }
    expectEnd(offset: start, needed: -1, available: left) { _ = try reader.read(count: -1) }
    #expect(reader.offset == start)
    // What is left can still be read.
    #expect(try Array(reader.read(count: left)) == Array(bytes[start..<available]))
  }

  @Test func readingNothingIsAllowedAnywhere() throws {
    var reader = ByteReader([])
    #expect(try reader.read(count: 0).isEmpty)
    #expect(reader.offset == 0)
  }
}

@Suite struct ByteWriterTests {
  @Test func writesIntegersInBothOrders() {
    var writer = ByteWriter()
    writer.writeLittleEndian(UInt32(0x0102_0304))
    writer.writeBigEndian(UInt32(0x0102_0304))
    writer.writeBigEndian(Int16(-2))
    writer.writeLittleEndian(UInt8(7))
    writer.write([1, 2][...])
    #expect(writer.bytes == [4, 3, 2, 1, 1, 2, 3, 4, 0xFF, 0xFE, 7, 1, 2])
  }

  @Test func whatIsWrittenIsReadBack() throws {
    var random = SplitMix64(seed: 1)
    for _ in 0..<200 {
      let value = random.next()
      var writer = ByteWriter()
      writer.writeLittleEndian(value)
      writer.writeBigEndian(UInt16(truncatingIfNeeded: value))
      writer.writeBigEndian(Int64(bitPattern: value))
      var reader = ByteReader(writer.bytes)
      #expect(try reader.readBigEndian(UInt64.self) == value.byteSwapped)
      #expect(try reader.readBigEndian(UInt16.self) == UInt16(truncatingIfNeeded: value))
      #expect(try reader.readBigEndian(Int64.self) == Int64(bitPattern: value))
      #expect(reader.remaining == 0)
    }
  }
}
