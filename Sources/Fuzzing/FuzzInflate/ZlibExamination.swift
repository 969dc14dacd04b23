import BinaryIO
import FuzzingSupport

/// What must hold for zlib streams.
enum ZlibExamination {
  private static func inflate(_ stream: [UInt8], size: Int) throws(CompressionError) -> [UInt8] {
    var output = [UInt8](repeating: 0xA5, count: size)
    try stream.withBytes { (input) throws(CompressionError) in
      try output.withMutableBytes { (buffer) throws(CompressionError) in try Zlib.decompress(input, into: buffer) }
    }
    return output
  }

  private static func refusal(_ stream: [UInt8], size: Int) -> CompressionError? {
    do throws(CompressionError) { _ = try inflate(stream, size: size) } catch { return error }
    return nil
  }

  /// Bytes that may be a stream: what comes out is never more than DEFLATE can make, and can be deflated again.
  static func examine(stream: [UInt8], size: Int) {
    guard let content = try? inflate(stream, size: size) else { return }
    require(size / Zlib.maximumExpansion <= stream.count, "\(size) bytes from \(stream.count)")
    examine(content: content, cutAt: size / 2)
  }

  /// A stream gives its content back, and is refused when its size is another, or anything is missing or left over.
  static func examine(content: [UInt8], cutAt place: Int) {
    let strategies: [Zlib.Strategy] = [.matching(level: 6), .huffmanOnly, .runLength, .matching(level: 0)]
    let stream = requireNoError("deflating") { () throws(CompressionError) in
      try content.withBytes { (bytes) throws(CompressionError) in
        try Zlib.compress(bytes, strategy: strategies[place % strategies.count])
      }
    }
    let size = content.count
    let again = requireNoError("inflating") { () throws(CompressionError) in try inflate(stream, size: size) }
    require(again == content, "content changed by zlib")
    let longer = refusal(stream, size: size + 1)
    require(
      longer == .wrongSize(expected: size + 1, found: size), "a byte too much to fill: \(String(describing: longer))")
    if size > 0 {
      let shorter = refusal(stream, size: size - 1)
      require(shorter == .wrongSize(expected: size - 1, found: size), "a byte too few: \(String(describing: shorter))")
    }
    let behind = refusal(stream + [0], size: size)
    require(behind == .trailingBytes(1), "a byte after the stream: \(String(describing: behind))")
    let cut = refusal(Array(stream[..<(place % stream.count)]), size: size)
    require(cut == .truncated, "cut after \(place % stream.count) bytes: \(String(describing: cut))")
    // A flipped bit may be one that DEFLATE does not use, so it is only looked at.
    var damaged = stream
    damaged[place % damaged.count] ^= 1 << UInt8(place >> 13)
    _ = refusal(damaged, size: size)
  }
}
