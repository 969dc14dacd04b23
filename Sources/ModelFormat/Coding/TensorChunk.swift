import BinaryIO

/// A piece of a tensor: one byte that says how it is stored, then what that needs.
///
/// | coding | behind the coding byte |
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

  private static let planeHeaderSize = 5

  /// The least payload that planes of a type fit in: coding byte, headers, and one byte per plane.
  static func leastPlanesLength(_ type: DataType) -> Int { 1 + (planeHeaderSize + 1) * type.byteCount }

  /// The payload that stores `bytes`, whole elements of a type, without alignment.
  static func encoded(
    _ bytes: UnsafeRawBufferPointer, _ type: DataType, _ compression: Compression
  ) throws(ModelFormatError) -> [UInt8] {
    guard let base = bytes.baseAddress, compression != .none else { return raw(bytes, padding: 0) }
    let (size, count) = (type.byteCount, bytes.count / type.byteCount)
    let planes = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
    defer { planes.deallocate() }
    BytePlanes.split(base, count: count, size: size, rotating: type.isFloatingPoint, into: planes)
    var coded: [(method: PlaneMethod, bytes: [UInt8])?] = []
    var total = 1
    for index in 0..<size {
      let plane = UnsafeBufferPointer(start: planes + index * count, count: count)
      do throws(CompressionError) { coded.append(try PlaneCoder.encode(plane, compression)) } catch {
        throw ModelFormatError(error)
      }
      total += planeHeaderSize + (coded[index]?.bytes.count ?? count)
    }
    guard total < 1 + bytes.count else { return raw(bytes, padding: 0) }
    return [UInt8](unsafeUninitializedCapacity: total) { output, written in
      var writer = OutputCursor(output)
      writer.append((type.isFloatingPoint ? Coding.rotatedPlanes : Coding.planes).rawValue)
      for plane in coded {
        writer.append((plane?.method ?? .stored).rawValue)
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: plane?.bytes.count ?? count).littleEndian) {
          writer.append($0)
        }
      }
      for (index, plane) in coded.enumerated() {
        if let plane {
          plane.bytes.withUnsafeBytes { writer.append($0) }
        } else {
          writer.append(UnsafeRawBufferPointer(start: planes + index * count, count: count))
        }
      }
      written = writer.position
    }
  }

  /// The payload that holds `bytes` as they are behind `padding` zero bytes.
  static func raw(_ bytes: UnsafeRawBufferPointer, padding: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 1 + padding + bytes.count) { output, written in
      var writer = OutputCursor(output)
      writer.append(Coding.raw.rawValue)
      for _ in 0..<padding { writer.append(0) }
      writer.append(bytes)
      written = writer.position
    }
  }

  /// How many zero bytes bring the values of a raw chunk whose section starts at `offset` to an aligned place.
  static func padding(sectionOffset offset: Int) -> Int {
    let values = offset + SectionFrame.headerSize + 1
    return (alignment - values % alignment) % alignment
  }

  /// Fills `output`, the chunk's place in its tensor, from a payload.
  static func decode(
    _ payload: UnsafeRawBufferPointer, _ type: DataType, into output: UnsafeMutableRawBufferPointer
  ) throws(ModelFormatError) {
    guard let first = payload.first else {
      throw ModelFormatError(.truncated, expected: "a coding byte", found: "an empty chunk")
    }
    switch Coding(rawValue: first) {
    case .raw: try decodeRaw(UnsafeRawBufferPointer(rebasing: payload[1...]), into: output)
    case .planes: try PlaneDecoder(type, rotating: false).decode(payload, into: output)
    case .rotatedPlanes:
      guard type.isFloatingPoint else {
        throw ModelFormatError(
          .damagedStream, expected: "coding 0 or 1 for elements of type \(type.rawValue)", found: "coding 2")
      }
      try PlaneDecoder(type, rotating: true).decode(payload, into: output)
    case nil: throw ModelFormatError(.damagedStream, expected: "coding 0, 1 or 2", found: "coding \(first)")
    }
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
        .damagedStream, expected: "\(output.count) bytes of values behind at most 63 of padding",
        found: "\(data.count) bytes")
    }
    guard data[..<padding].allSatisfy({ $0 == 0 }) else { throw wrongPadding }
    output.copyMemory(from: UnsafeRawBufferPointer(rebasing: data[padding...]))
  }
}

/// Appends to memory whose size was computed beforehand.
private struct OutputCursor {
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private(set) var position = 0

  init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

  mutating func append(_ byte: UInt8) {
    buffer[position] = byte
    position += 1
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[position...]).copyMemory(from: bytes)
    position += bytes.count
  }
}
