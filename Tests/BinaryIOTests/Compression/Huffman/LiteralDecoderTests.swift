import TestSupport
import Testing

@testable import BinaryIO

/// Literals decoded several at a look.
///
/// zlib is the judge: what our decoder accepts, zlib must accept with the same result. Whatever it does not know, it
/// leaves to zlib.
struct LiteralDecoderTests {
  private func ours(_ stream: [UInt8], count: Int) -> [UInt8]? {
    var output = [UInt8](repeating: 0xAA, count: count)
    let accepted = stream.withBytes { input in
      output.withMutableBytes { LiteralDecoder.decode(input, into: $0) }
    }
    return accepted ? output : nil
  }

  private func zlibs(_ stream: [UInt8], count: Int) -> [UInt8]? {
    var output = [UInt8](repeating: 0xAA, count: count)
    do throws(CompressionError) {
      try stream.withBytes { (input) throws(CompressionError) in
        try output.withMutableBytes { (buffer) throws(CompressionError) in try Zlib.inflateAny(input, into: buffer) }
      }
      return output
    } catch { return nil }
  }

  /// Gives a stream the Adler-32 (RFC 1950) of what it inflates to, if it inflates to `count` bytes at all.
  private func repairChecksum(_ stream: inout [UInt8], count: Int) {
    for offset in 0..<4 { stream[stream.count - 4 + offset] = 0 }
    guard let plane = inflatedWithoutCheck(stream, count: count) else { return }
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in plane {
      low = (low + UInt32(byte)) % 65521
      high = (high + low) % 65521
    }
    for offset in 0..<4 {
      stream[stream.count - 4 + offset] = UInt8(truncatingIfNeeded: (high << 16 | low) >> UInt32(24 - 8 * offset))
    }
  }

  private func inflatedWithoutCheck(_ stream: [UInt8], count: Int) -> [UInt8]? {
    var output = [UInt8](repeating: 0, count: count)
    do throws(CompressionError) {
      try stream.withBytes { (input) throws(CompressionError) in
        try output.withMutableBytes { (buffer) throws(CompressionError) in try Zlib.inflateAny(input, into: buffer) }
      }
    } catch .damaged("incorrect data check") { return output } catch { return nil }
    return output
  }

  @Test func allThatOurOwnCoderWritesIsDecoded() throws {
    for plane in Planes.all(seed: 7) {
      let stream = plane.withBytes { HuffmanStream($0).encoded() }
      try #require(ours(stream, count: plane.count) == plane)
    }
  }

  /// Zlib's own streams without matches are decoded when their words are short, in several blocks too.
  @Test func zlibsOwnStreamsWithoutMatchesAreDecodedWhenTheirWordsAreShort() throws {
    var random = SplitMix64(seed: 8)
    let alphabet: [UInt8] = [3, 3, 3, 3, 4, 4, 5, 6]
    let plane = (0..<100_000).map { _ in alphabet[Int(random.next() % 8)] }
    let stream = try plane.withBytes { (bytes) throws(CompressionError) in
      try Zlib.deflateAny(bytes, strategy: .huffmanOnly)
    }
    #expect(ours(stream, count: plane.count) == plane)
  }

  @Test func streamsWithMatchesStoredBlocksAndFixedCodesAreLeftToZlib() throws {
    let text = Array(String(repeating: "gradient descent ", count: 500).utf8)
    var random = SplitMix64(seed: 9)
    for (bytes, strategy) in [
      (text, Zlib.Strategy.matching(level: 6)), (random.bytes(5000), .matching(level: 0)),
      ([1, 2, 3], .matching(level: 9)),
      ([UInt8](repeating: 0, count: 9000), .runLength),
    ] {
      let stream = try bytes.withBytes { (buffer) throws(CompressionError) in
        try Zlib.deflateAny(buffer, strategy: strategy)
      }
      #expect(ours(stream, count: bytes.count) == nil)
      #expect(zlibs(stream, count: bytes.count) == bytes)
    }
  }

  @Test func aWrongSizeBytesAfterTheEndAndAMissingEndAreNotAccepted() {
    var random = SplitMix64(seed: 10)
    let plane = Planes.geometric(1000, &random)
    let stream = plane.withBytes { HuffmanStream($0).encoded() }
    for count in [0, 1, 992, 999, 1001, 2000] { #expect(ours(stream, count: count) == nil) }
    #expect(ours(stream + [0], count: 1000) == nil)
    for length in 0..<stream.count { #expect(ours(Array(stream[..<length]), count: 1000) == nil) }
  }

  @Test func noDamagedStreamIsAcceptedThatZlibRefusesOrWithAnotherResult() throws {
    var random = SplitMix64(seed: 11)
    var accepted = 0
    for plane in Planes.all(seed: 12) where plane.count <= 5000 {
      let stream = plane.withBytes { HuffmanStream($0).encoded() }
      for _ in 0..<300 {
        var damaged = stream
        for _ in 0...random.next() % 3 {
          let bit = Int(random.next() % UInt64(8 * damaged.count))
          damaged[bit / 8] ^= 1 << UInt8(bit % 8)
        }
        // With a right checksum more of them come through to the end.
        repairChecksum(&damaged, count: plane.count)
        if let result = ours(damaged, count: plane.count) {
          accepted += 1
          try #require(zlibs(damaged, count: plane.count) == result)
        }
      }
    }
    #expect(accepted > 0)
  }

  @Test func everyChangeOfASingleBitOfAShortStreamEndsAsZlibSays() throws {
    let plane = Array("the quick brown fox jumps over the lazy dog".utf8)
    let stream = plane.withBytes { HuffmanStream($0).encoded() }
    for bit in 0..<8 * stream.count {
      var damaged = stream
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      if let result = ours(damaged, count: plane.count) { #expect(zlibs(damaged, count: plane.count) == result) }
    }
  }

  @Test func manySmallBlocksAreLeftToZlibWhichIsFasterThere() throws {
    let plane = [UInt8](repeating: 1, count: 20)
    let one = plane.withBytes { HuffmanStream($0).encoded() }
    #expect(ours(one, count: 20) == plane)
    // The 2nd block is the last one: the first, of the same bits, is followed by padding that no decoder expects, so
    // the blocks are joined bit by bit.
    var bits = [Bool]()
    let body = one[2..<one.count - 4].flatMap { byte in (0..<8).map { byte >> UInt8($0) & 1 == 1 } }
    let used = plane.withBytes { HuffmanStream($0).bitCount }
    for block in 0..<200 { bits += [block == 199] + body[1..<used] }
    var stream: [UInt8] = [0x78, 0x01]
    for start in stride(from: 0, to: bits.count, by: 8) {
      stream.append(
        bits[start..<min(start + 8, bits.count)].enumerated().reduce(0) {
          $0 | ($1.element ? 1 : 0) << UInt8($1.offset)
        })
    }
    // Adler-32 (RFC 1950) of 4000 bytes of 1.
    var (low, high): (UInt32, UInt32) = (1, 0)
    for _ in 0..<4000 { (low, high) = ((low + 1) % 65521, (high + low + 1) % 65521) }
    stream += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: (high << 16 | low) >> $0) }
    #expect(zlibs(stream, count: 4000) == [UInt8](repeating: 1, count: 4000))
    #expect(ours(stream, count: 4000) == nil)
  }
}
