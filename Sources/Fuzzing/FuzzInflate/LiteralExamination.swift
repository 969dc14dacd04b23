import FuzzingSupport

@testable import BinaryIO

/// What must hold for streams without matches: zlib reads all that our own coder writes, and our own decoder accepts
/// nothing that zlib refuses or reads otherwise.
enum LiteralExamination {
  /// A stream of our own, whole and with some bits flipped.
  static func examine(content: [UInt8], flipping places: [Int]) {
    guard !content.isEmpty else { return }
    var stream = content.withBytes { HuffmanStream($0).encoded() }
    require(inflated(stream, size: content.count) == content, "content changed by our own coder")
    require(decoded(stream, size: content.count) == content, "our own decoder does not know our own coder")
    for place in places { stream[2 + place % (stream.count - 2)] ^= 1 << UInt8(place >> 13) }
    compare(stream, size: content.count)
  }

  /// Any bits between a header and a checksum.
  static func examine(body: [UInt8], size: Int) {
    compare([0x78, 0x01] + body + [0, 0, 0, 0], size: size)
  }

  /// The checksum is made right first, so that what is wrong before it counts.
  private static func compare(_ stream: [UInt8], size: Int) {
    var stream = stream
    var content = [UInt8](repeating: 0, count: size)
    let refusal = inflate(stream, &content)
    if refusal == nil || refusal == .damaged("incorrect data check") {
      stream.replaceSubrange((stream.count - 4)..., with: checksum(content))
    }
    guard let ours = decoded(stream, size: size) else { return }
    require(inflated(stream, size: size) == ours, "our own decoder accepts what zlib does not")
  }

  private static func decoded(_ stream: [UInt8], size: Int) -> [UInt8]? {
    var content = [UInt8](repeating: 0xA5, count: size)
    let accepted = stream.withBytes { input in
      content.withMutableBytes { LiteralDecoder.decode(input, into: $0) }
    }
    return accepted ? content : nil
  }

  private static func inflated(_ stream: [UInt8], size: Int) -> [UInt8]? {
    var content = [UInt8](repeating: 0x5A, count: size)
    return inflate(stream, &content) == nil ? content : nil
  }

  private static func inflate(_ stream: [UInt8], _ content: inout [UInt8]) -> CompressionError? {
    do throws(CompressionError) {
      try stream.withBytes { (input) throws(CompressionError) in
        try content.withMutableBytes { (buffer) throws(CompressionError) in try Zlib.inflateAny(input, into: buffer) }
      }
      return nil
    } catch { return error }
  }

  /// Adler-32 (RFC 1950, section 9), as a stream ends with it.
  private static func checksum(_ content: [UInt8]) -> [UInt8] {
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in content {
      low = (low + UInt32(byte)) % 65521
      high = (high + low) % 65521
    }
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: (high << 16 | low) >> $0) }
  }
}
