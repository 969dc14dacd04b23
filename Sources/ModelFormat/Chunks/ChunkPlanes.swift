import BinaryIO
import Threads

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a chunk of byte planes has after its coding byte: method and length of each plane, then the planes.
struct ChunkPlanes {
  /// Method (1 byte) and length (32 bits).
  private static let headerSize = 5

  private let size: Int
  private let rotating: Bool

  init(_ type: DataType, rotating: Bool) {
    size = type.byteCount
    self.rotating = rotating
  }

  /// The coding byte and the headers of all planes.
  private var headers: Int { 1 + ChunkPlanes.headerSize * size }

  /// The least payload that planes of a type fit in: coding byte, headers, and one byte per plane.
  static func leastLength(_ type: DataType) -> Int { 1 + (headerSize + 1) * type.byteCount }

  /// Memory for the payload of so many bytes of values while its planes are not smaller yet.
  static func bound(byteCount: Int, _ type: DataType) -> Int { 1 + headerSize * type.byteCount + byteCount }

  /// Stores whole elements at `base` as planes after the place of the coding byte.
  ///
  /// - Parameter output: `bound(byteCount:_:)` bytes.
  /// - Returns: the length of the payload, from the start of `output`.
  func encode(
    _ base: UnsafeRawPointer, count: Int, _ compression: Compression, into output: UnsafeMutableRawBufferPointer,
    _ target: UnsafeMutableRawPointer
  ) throws(ModelFormatError) -> Int {
    let planes = unsafe (target + headers).assumingMemoryBound(to: UInt8.self)
    unsafe BytePlanes.split(base, count: count, size: size, rotating: rotating, into: planes)
    // Each plane moves forward to where the one before it ends: none gets longer.
    var end = headers
    for index in 0..<size {
      let plane = unsafe UnsafeBufferPointer(start: planes + index * count, count: count)
      let coded: (method: PlaneMethod, bytes: [UInt8])?
      do throws(CompressionError) { coded = try unsafe PlaneCoder.encode(plane, compression) } catch {
        throw ModelFormatError(error)
      }
      let length = coded?.bytes.count ?? count
      if let coded {
        unsafe UnsafeMutableRawBufferPointer(rebasing: output[end...]).copyBytes(from: coded.bytes)
      } else {
        unsafe memmove(target + end, planes + index * count, length)
      }
      let header = 1 + ChunkPlanes.headerSize * index
      unsafe output[header] = (coded?.method ?? .stored).rawValue
      unsafe output.storeBytes(of: UInt32(length).littleEndian, toByteOffset: header + 1, as: UInt32.self)
      end += length
    }
    return end
  }

  /// The length of a payload all of whose planes are constant.
  static func constantLength(_ type: DataType) -> Int { leastLength(type) }

  /// The element that all values of a payload equal, if its planes are all constant; nil for other payloads, sound or not.
  /// O(1).
  func repeatedElement(_ payload: UnsafeRawBufferPointer) -> RepeatedElement? {
    guard payload.count == headers + size else { return nil }
    var bits: UInt64 = 0
    for plane in 0..<size {
      let header = 1 + ChunkPlanes.headerSize * plane
      let length = unsafe UInt32(littleEndian: payload.loadUnaligned(fromByteOffset: header + 1, as: UInt32.self))
      guard unsafe payload[header] == PlaneMethod.constant.rawValue, length == 1 else { return nil }
      bits = unsafe bits << 8 | UInt64(payload[headers + plane])
    }
    // The sign comes back from below the fraction.
    if rotating { bits = bits >> 1 | (bits & 1) << UInt64(8 * size - 1) }
    return RepeatedElement(bits: bits, byteCount: size)
  }

  /// Stores many of one element after the place of the coding byte, as `encode` stores them.
  ///
  /// - Parameter output: `constantLength(_:)` bytes.
  func encode(_ element: RepeatedElement, into output: UnsafeMutableRawBufferPointer) {
    let top = UInt64(8 * size - 1)
    let bits = rotating ? element.bits << 1 | element.bits >> top : element.bits
    for plane in 0..<size {
      let header = 1 + ChunkPlanes.headerSize * plane
      unsafe output[header] = PlaneMethod.constant.rawValue
      unsafe output.storeBytes(of: UInt32(1).littleEndian, toByteOffset: header + 1, as: UInt32.self)
      unsafe output[headers + plane] = UInt8(truncatingIfNeeded: bits >> UInt64(8 * (size - 1 - plane)))
    }
  }

  /// Fills `output` from a payload whose coding byte is still in front.
  func decode(
    _ payload: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, _ pool: BufferPool
  ) throws(ModelFormatError) {
    guard payload.count >= headers else {
      throw ModelFormatError(
        .truncated, expected: "\(headers) bytes of plane headers", found: "\(payload.count) bytes")
    }
    let count = output.count / size
    guard let target = output.baseAddress, count > 0 else {
      throw ModelFormatError(.damagedStream, expected: "no chunk for an empty tensor", found: "a chunk")
    }
    if let element = unsafe repeatedElement(payload) { return unsafe element.fill(output) }
    // Stored planes are used where they are; only the others need room.
    try unsafe pool.buffer(byteCount: output.count).withMemory { (memory) throws(ModelFormatError) in
      guard let room = unsafe memory.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
      try unsafe decode(payload, count: count, room: room, into: target)
    }
  }

  private func decode(
    _ payload: UnsafeRawBufferPointer, count: Int, room: UnsafeMutablePointer<UInt8>,
    into target: UnsafeMutableRawPointer
  ) throws(ModelFormatError) {
    var planes: [UnsafePointer<UInt8>] = unsafe []
    var position = headers
    for plane in 0..<size {
      let header = 1 + ChunkPlanes.headerSize * plane
      let length = unsafe Int(UInt32(littleEndian: payload.loadUnaligned(fromByteOffset: header + 1, as: UInt32.self)))
      guard length <= payload.count - position else {
        throw ModelFormatError(
          .truncated, expected: "\(length) bytes of plane \(plane)", found: "\(payload.count - position)")
      }
      let data = unsafe UnsafeRawBufferPointer(rebasing: payload[position..<position + length])
      unsafe planes.append(
        try PlaneCoder.decode(data, method: payload[header], plane: plane, count: count, room: room + plane * count))
      position += length
    }
    guard position == payload.count else {
      throw ModelFormatError(
        .trailingBytes, expected: "the end of the chunk", found: "\(payload.count - position) more bytes")
    }
    unsafe BytePlanes.merge(planes, count: count, rotating: rotating, into: target)
  }
}
