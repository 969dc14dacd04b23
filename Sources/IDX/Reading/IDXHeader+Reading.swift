import BinaryIO

extension IDXHeader {
  private static let opening = "the bytes 00 00, an element type and a rank"

  /// Reads a header from the beginning of `stream`. At most 4 + 4 · 255 bytes are taken.
  static func read(from stream: inout ContentStream) throws(IDXError) -> IDXHeader {
    let start = try stream.next(4)
    guard !start.isEmpty else {
      throw IDXError(.emptyFile, path: stream.path, offset: 0, expected: opening, found: "no bytes")
    }
    guard start.prefix(2).allSatisfy({ $0 == 0 }) else {
      let first = start + (try stream.next(ForeignSignature.byteCount - 4))
      throw IDXError(
        .notIDX, path: stream.path, offset: 0, expected: opening, found: ForeignSignature.describe(first))
    }
    guard start.count == 4 else {
      throw IDXError(
        .truncatedHeader, path: stream.path, offset: start.count, expected: "a header of at least 8 bytes",
        found: "\(start.count) bytes")
    }
    guard let elementType = IDXElementType(rawValue: start[2]) else {
      let known = IDXElementType.allCases.map { "0x" + hexadecimal($0.rawValue) + " (\($0))" }
      throw IDXError(
        .unknownElementType, path: stream.path, offset: 2, expected: known.joined(separator: ", "),
        found: "0x" + hexadecimal(start[2]))
    }
    let dimensions = try readDimensions(rank: Int(start[3]), from: &stream)
    do throws(IDXError) {
      return try IDXHeader(elementType: elementType, dimensions: dimensions)
    } catch { throw error.at(path: stream.path) }
  }

  private static func readDimensions(
    rank: Int, from stream: inout ContentStream
  ) throws(IDXError) -> [Int] {
    let bytes = try stream.next(4 * rank)
    var reader = ByteReader(bytes)
    var dimensions: [Int] = []
    do throws(EndOfBytes) {
      for _ in 0..<rank {
        let length: UInt32 = try reader.readBigEndian()
        // Where Int has 32 bits the largest lengths do not fit; no memory would hold them either.
        dimensions.append(Int(clamping: length))
      }
    } catch {
      throw IDXError(
        .truncatedHeader, path: stream.path, offset: 4 + bytes.count,
        expected: "a header of \(4 + 4 * rank) bytes (\(rank) dimensions)", found: "\(4 + bytes.count) bytes")
    }
    return dimensions
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}
