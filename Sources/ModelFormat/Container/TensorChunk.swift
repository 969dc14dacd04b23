import BinaryIO

/// A piece of a tensor: one byte that says how it is stored, then its bytes.
enum TensorChunk {
  /// The size of a chunk before compression: large enough to compress well, small enough to stream.
  static let size = 1 << 20

  private enum Coding: UInt8 {
    case raw = 0
    case zlib = 1
  }

  /// The payload that stores `bytes` in the least room.
  static func encoded(_ bytes: UnsafeRawBufferPointer) throws(ModelFormatError) -> [UInt8] {
    let stream: [UInt8]
    do { stream = try Zlib.compress(bytes) } catch { throw ModelFormatError(error) }
    var writer = ByteWriter()
    if stream.count < bytes.count {
      writer.write([Coding.zlib.rawValue])
      writer.write(stream)
    } else {
      writer.write([Coding.raw.rawValue])
      writer.write(bytes)
    }
    return writer.bytes
  }

  /// Fills `output`, the chunk's place in its tensor, from a payload.
  static func decode(
    _ payload: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(ModelFormatError) {
    guard let first = payload.first else {
      throw ModelFormatError(.truncated, expected: "a coding byte", found: "an empty chunk")
    }
    let data = UnsafeRawBufferPointer(rebasing: payload[1...])
    switch Coding(rawValue: first) {
    case .raw:
      guard data.count == output.count else {
        throw ModelFormatError(
          .damagedStream, expected: "\(output.count) bytes of values", found: "\(data.count)")
      }
      output.copyMemory(from: data)
    case .zlib:
      do { try Zlib.decompress(data, into: output) } catch { throw ModelFormatError(error) }
    case nil:
      throw ModelFormatError(.damagedStream, expected: "coding 0 or 1", found: "coding \(first)")
    }
  }
}
