import TestSupport
import Testing

@testable import BinaryIO

/// Zlib streams without matches, made by our own coder.
struct HuffmanStreamTests {
  @Test func zlibInflatesEveryStreamToWhatWentIn() throws {
    for plane in Planes.all(seed: 3) {
      let stream = plane.withBytes { HuffmanStream($0).encoded() }
      var output = [UInt8](repeating: 0xAA, count: plane.count)
      try stream.withBytes { (input) throws(CompressionError) in
        try output.withMutableBytes { (buffer) throws(CompressionError) in try Zlib.inflateAny(input, into: buffer) }
      }
      try #require(output == plane)
    }
  }

  @Test func theSizeIsKnownBeforeAnythingIsCoded() {
    for plane in Planes.all(seed: 4) {
      plane.withBytes { bytes in
        let stream = HuffmanStream(bytes)
        #expect(stream.byteCount == stream.encoded().count)
      }
    }
  }

  /// Words of eleven bits at most cost less than three in a thousand next to zlib's of up to fifteen.
  @Test func wordsOfElevenBitsAtMostCostLessThanThreeInAThousandBesideZlibs() throws {
    var random = SplitMix64(seed: 5)
    // The worst case: each value is half as frequent as the one before.
    for plane in [Planes.geometric(1 << 18, &random), Planes.geometric(1 << 15, &random)] {
      let ours = plane.withBytes { HuffmanStream($0).byteCount }
      let zlib = try plane.withBytes { (bytes) throws(CompressionError) in
        try Zlib.deflateAny(bytes, strategy: .huffmanOnly).count
      }
      #expect(Double(ours) <= 1.003 * Double(zlib), "\(ours), \(zlib)")
    }
  }

  @Test func noiseGrowsByNextToNothing() {
    var random = SplitMix64(seed: 6)
    let plane = random.bytes(1 << 18)
    #expect(plane.withBytes { HuffmanStream($0).byteCount } < plane.count + 400)
  }
}
