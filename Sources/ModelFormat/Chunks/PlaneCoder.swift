import BinaryIO

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How a byte plane is stored.
enum PlaneMethod: UInt8 {
  /// The bytes as they are.
  case stored = 0
  /// A zlib stream (RFC 1950).
  case zlib = 1
  /// One byte, which all others equal.
  case constant = 2
}

/// Stores a byte plane in little room, and takes it out again.
enum PlaneCoder {
  /// Planes up to this size are simply tried with every strategy.
  private static let smallPlane = 1 << 14
  /// Above this many bits per byte, Huffman coding does not earn its time.
  private static let incompressible = 7.9

  /// The best form of `plane` that `compression` allows; nil for the bytes as they are.
  static func encode(
    _ plane: UnsafeBufferPointer<UInt8>, _ compression: Compression
  ) throws(CompressionError) -> (method: PlaneMethod, bytes: [UInt8])? {
    guard let first = unsafe plane.first, compression != .none else { return nil }
    if unsafe isConstant(plane) { return (.constant, [first]) }
    var smallest: [UInt8]?
    for strategy in unsafe strategies(for: plane, compression) {
      let stream = try unsafe Zlib.compress(UnsafeRawBufferPointer(plane), strategy: strategy)
      if stream.count < smallest?.count ?? plane.count { smallest = stream }
    }
    return smallest.map { (.zlib, $0) }
  }

  /// Where the bytes of a plane are once it is decoded.
  ///
  /// - Parameters:
  ///   - data: what is stored of it.
  ///   - method: how, as the file says.
  ///   - plane: its number, for messages.
  ///   - room: memory for `count` bytes, in case they are not in `data`.
  static func decode(
    _ data: UnsafeRawBufferPointer, method: UInt8, plane: Int, count: Int, room: UnsafeMutablePointer<UInt8>
  ) throws(ModelFormatError) -> UnsafePointer<UInt8> {
    func wrongSize(_ expected: Int) -> ModelFormatError {
      ModelFormatError(.damagedStream, expected: "\(expected) bytes of plane \(plane)", found: "\(data.count)")
    }
    switch PlaneMethod(rawValue: method) {
    case .stored:
      guard data.count == count, let base = data.baseAddress else { throw wrongSize(count) }
      return unsafe base.assumingMemoryBound(to: UInt8.self)
    case .constant:
      guard data.count == 1, let value = unsafe data.first else { throw wrongSize(1) }
      unsafe room.update(repeating: value, count: count)
    case .zlib:
      do throws(CompressionError) {
        try unsafe Zlib.decompress(data, into: UnsafeMutableRawBufferPointer(start: room, count: count))
      } catch { throw ModelFormatError(error) }
    case nil:
      throw ModelFormatError(
        .damagedStream, expected: "method 0, 1 or 2 for plane \(plane)", found: "method \(method)")
    }
    return unsafe UnsafePointer(room)
  }

  private static func isConstant(_ plane: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = plane.baseAddress else { return true }
    return unsafe memcmp(base, base + 1, plane.count - 1) == 0
  }

  private static func strategies(
    for plane: UnsafeBufferPointer<UInt8>, _ compression: Compression
  ) -> [Zlib.Strategy] {
    // Level 9 is not always the smaller one: with level 6 as well, nothing that the others try beats this.
    if compression == .best { return [.huffmanOnly, .runLength, .matching(level: 6), .matching(level: 9)] }
    if plane.count <= smallPlane, compression == .default {
      return [.huffmanOnly, .runLength, .matching(level: 6)]
    }
    let sample = unsafe PlaneSample(plane)
    if compression == .fast { return sample.entropy < incompressible ? [.huffmanOnly] : [] }
    // A code word has at least one bit: below that, only runs and repetitions get any further.
    if sample.entropy < 1.2 { return [.huffmanOnly, .runLength, .matching(level: 6)] }
    if sample.repetition > 0.05 { return [.huffmanOnly, .matching(level: 6)] }
    return sample.entropy < incompressible ? [.huffmanOnly] : []
  }
}
