import BinaryIO
import Threads

/// A piece of a tensor: one byte that says how it is stored, then what that coding needs.
///
/// | coding | after the coding byte |
/// |---|---|
/// | 0 raw | 0 to 63 zero bytes, then the values |
/// | 1 planes | for each byte plane: method (1 byte) and length (32 bits); then the planes |
/// | 2 rotated planes | the same, of elements rotated left by one bit |
enum TensorChunk {
  /// The size of a chunk before compression: large enough to compress well, small enough to stream.
  static let size = 1 << 20
  /// What raw values are aligned to in the file.
  static let alignment = 64

  enum Coding: UInt8 {
    case raw = 0
    case planes = 1
    case rotatedPlanes = 2
  }

  /// Stores `bytes`, whole elements of a type, without alignment.
  ///
  /// - Parameter output: `ChunkPlanes.bound(byteCount:_:)` bytes.
  /// - Returns: the length of the payload, from the start of `output`.
  static func encode(
    _ bytes: UnsafeRawBufferPointer, _ type: DataType, _ compression: Compression,
    into output: UnsafeMutableRawBufferPointer
  ) throws(ModelFormatError) -> Int {
    guard let base = bytes.baseAddress, let target = output.baseAddress, compression != .none else {
      return unsafe storeRaw(bytes, into: output)
    }
    let coding: Coding = type.isFloatingPoint ? .rotatedPlanes : .planes
    let planes = ChunkPlanes(type, rotating: coding == .rotatedPlanes)
    let length = try unsafe planes.encode(base, count: bytes.count / type.byteCount, compression, into: output, target)
    unsafe output[0] = coding.rawValue
    return unsafe length < 1 + bytes.count ? length : storeRaw(bytes, into: output)
  }

  private static func storeRaw(_ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Int {
    unsafe output[0] = Coding.raw.rawValue
    unsafe UnsafeMutableRawBufferPointer(rebasing: output[1...]).copyMemory(from: bytes)
    return 1 + bytes.count
  }

  /// How many zero bytes bring the values of a raw chunk whose section starts at `offset` to an aligned place.
  static func padding(sectionOffset offset: Int) -> Int {
    let values = offset + SectionFrame.headerSize + 1
    return (alignment - values % alignment) % alignment
  }

  /// Fills `output`, the chunk's place in its tensor, from a payload.
  static func decode(
    _ payload: UnsafeRawBufferPointer, _ type: DataType, into output: UnsafeMutableRawBufferPointer,
    pool: BufferPool
  ) throws(ModelFormatError) {
    guard let first = unsafe payload.first else {
      throw ModelFormatError(.truncated, expected: "a coding byte", found: "an empty chunk")
    }
    switch Coding(rawValue: first) {
    case .raw: try unsafe decodeRaw(UnsafeRawBufferPointer(rebasing: payload[1...]), into: output)
    case .planes: try unsafe ChunkPlanes(type, rotating: false).decode(payload, into: output, pool)
    case .rotatedPlanes:
      guard type.isFloatingPoint else {
        throw ModelFormatError(
          .damagedStream, expected: "coding 0 or 1 for elements of type \(type.rawValue)", found: "coding 2")
      }
      try unsafe ChunkPlanes(type, rotating: true).decode(payload, into: output, pool)
    case nil: throw ModelFormatError(.damagedStream, expected: "coding 0, 1 or 2", found: "coding \(first)")
    }
  }

  /// The element that all values of a chunk equal, if it consists of constant planes; nil for others, sound or not. O(1).
  static func repeatedElement(_ payload: UnsafeRawBufferPointer, _ type: DataType) -> RepeatedElement? {
    switch unsafe payload.first.flatMap({ Coding(rawValue: $0) }) {
    case .planes: unsafe ChunkPlanes(type, rotating: false).repeatedElement(payload)
    case .rotatedPlanes where type.isFloatingPoint: unsafe ChunkPlanes(type, rotating: true).repeatedElement(payload)
    case .rotatedPlanes, .raw, nil: nil
    }
  }

  /// Stores many of one element as `encode` stores their bytes where it makes constant planes of them.
  ///
  /// - Parameter output: `ChunkPlanes.constantLength(_:)` bytes.
  static func encode(_ element: RepeatedElement, _ type: DataType, into output: UnsafeMutableRawBufferPointer) {
    let coding: Coding = type.isFloatingPoint ? .rotatedPlanes : .planes
    unsafe output[0] = coding.rawValue
    unsafe ChunkPlanes(type, rotating: coding == .rotatedPlanes).encode(element, into: output)
  }

  static var wrongPadding: ModelFormatError {
    ModelFormatError(.damagedStream, expected: "padding of zero bytes", found: "other bytes")
  }

  private static func decodeRaw(
    _ data: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(ModelFormatError) {
    let padding = data.count - output.count
    guard (0..<alignment).contains(padding) else {
      throw ModelFormatError(
        .damagedStream, expected: "\(output.count) bytes of values after at most 63 of padding",
        found: "\(data.count) bytes")
    }
    guard unsafe data[..<padding].allSatisfy({ $0 == 0 }) else { throw wrongPadding }
    unsafe output.copyMemory(from: UnsafeRawBufferPointer(rebasing: data[padding...]))
  }
}
