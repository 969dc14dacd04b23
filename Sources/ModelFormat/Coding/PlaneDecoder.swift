import BinaryIO
import Threads

/// Puts the byte planes of a chunk together.
struct PlaneDecoder {
  private let size: Int
  private let rotating: Bool
  private let pool: BufferPool

  init(_ type: DataType, rotating: Bool, _ pool: BufferPool) {
    size = type.byteCount
    self.rotating = rotating
    self.pool = pool
  }

  /// Fills `output` from a payload whose coding byte is still in front.
  func decode(
    _ payload: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(ModelFormatError) {
    let headers = 1 + 5 * size
    guard payload.count >= headers else {
      throw ModelFormatError(
        .truncated, expected: "\(headers) bytes of plane headers", found: "\(payload.count) bytes")
    }
    let count = output.count / size
    guard let target = output.baseAddress, count > 0 else {
      throw ModelFormatError(.damagedStream, expected: "no chunk for an empty tensor", found: "a chunk")
    }
    // Stored planes are used where they stand; only the others need room.
    try pool.buffer(byteCount: output.count).withMemory { (memory) throws(ModelFormatError) in
      guard let room = memory.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
      try decode(payload, count: count, room: room, into: target)
    }
  }

  private func decode(
    _ payload: UnsafeRawBufferPointer, count: Int, room: UnsafeMutablePointer<UInt8>,
    into target: UnsafeMutableRawPointer
  ) throws(ModelFormatError) {
    var planes: [UnsafePointer<UInt8>] = []
    var position = 1 + 5 * size
    for plane in 0..<size {
      let length = Int(
        UInt32(littleEndian: payload.loadUnaligned(fromByteOffset: 2 + 5 * plane, as: UInt32.self)))
      guard length <= payload.count - position else {
        throw ModelFormatError(
          .truncated, expected: "\(length) bytes of plane \(plane)", found: "\(payload.count - position)")
      }
      let data = UnsafeRawBufferPointer(rebasing: payload[position..<position + length])
      planes.append(try place(data, method: payload[1 + 5 * plane], plane, count, room + plane * count))
      position += length
    }
    guard position == payload.count else {
      throw ModelFormatError(
        .trailingBytes, expected: "the end of the chunk", found: "\(payload.count - position) more bytes")
    }
    BytePlanes.merge(planes, count: count, rotating: rotating, into: target)
  }

  /// Where the bytes of a plane stand once it is decoded.
  private func place(
    _ data: UnsafeRawBufferPointer, method: UInt8, _ plane: Int, _ count: Int, _ room: UnsafeMutablePointer<UInt8>
  ) throws(ModelFormatError) -> UnsafePointer<UInt8> {
    switch PlaneMethod(rawValue: method) {
    case .stored:
      guard data.count == count, let base = data.baseAddress else { throw wrongSize(plane, count, data.count) }
      return base.assumingMemoryBound(to: UInt8.self)
    case .constant:
      guard data.count == 1, let value = data.first else { throw wrongSize(plane, 1, data.count) }
      room.update(repeating: value, count: count)
    case .zlib:
      do throws(CompressionError) {
        try Zlib.decompress(data, into: UnsafeMutableRawBufferPointer(start: room, count: count))
      } catch { throw ModelFormatError(error) }
    case nil:
      throw ModelFormatError(
        .damagedStream, expected: "method 0, 1 or 2 for plane \(plane)", found: "method \(method)")
    }
    return UnsafePointer(room)
  }

  private func wrongSize(_ plane: Int, _ expected: Int, _ found: Int) -> ModelFormatError {
    ModelFormatError(.damagedStream, expected: "\(expected) bytes of plane \(plane)", found: "\(found)")
  }
}
