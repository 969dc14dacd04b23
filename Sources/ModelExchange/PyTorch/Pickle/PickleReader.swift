import BinaryIO
import ModelFormat

/// The bytes of a pickle, front to back. Where it ends shows when it is read; nothing is read far ahead of that.
struct PickleReader {
  private static let pieceSize = 1 << 16

  private let source: any RandomAccessSource
  private let limit: Int
  private var piece: [UInt8] = []
  /// Where the piece begins in the source.
  private var pieceStart: Int
  /// Where the next byte is in the piece.
  private var place = 0

  /// Where the next byte is in the source.
  var position: Int { pieceStart + place }

  /// - Parameters:
  ///   - position: where the pickle begins.
  ///   - maximumCount: how many bytes it may have.
  init(_ source: any RandomAccessSource, at position: Int, maximumCount: Int) {
    self.source = source
    pieceStart = position
    limit = CheckedArithmetic.sum(position, maximumCount) ?? .max
  }

  /// The next byte.
  mutating func readByte() throws(ModelFormatError) -> UInt8 {
    if place == piece.count { try refill(1) }
    defer { place += 1 }
    return piece[place]
  }

  /// The next bytes. Memory is taken only for what is there.
  mutating func readBytes(_ count: Int) throws(ModelFormatError) -> ArraySlice<UInt8> {
    if count > piece.count - place { try refill(count) }
    defer { place += count }
    return piece[place..<place + count]
  }

  /// A number, least significant byte first.
  mutating func readNumber<Number: FixedWidthInteger>(_: Number.Type) throws(ModelFormatError) -> Number {
    let bytes = try readBytes(MemoryLayout<Number>.size)
    return bytes.reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
  }

  /// Bytes after a length.
  mutating func readBytes<Length: FixedWidthInteger>(after _: Length.Type) throws(ModelFormatError) -> ArraySlice<UInt8>
  {
    let start = position
    let length = try readNumber(Length.self)
    guard let count = Int(exactly: length), count >= 0 else {
      throw ModelFormatError(.truncated, offset: start, expected: "\(length) bytes", found: "the end of the file")
    }
    return try readBytes(count)
  }

  /// The bytes up to the end of the line, which is passed over.
  mutating func readLine() throws(ModelFormatError) -> [UInt8] {
    let start = position
    var line: [UInt8] = []
    while true {
      let byte = try readByte()
      if byte == UInt8(ascii: "\n") { return line }
      guard line.count < 1024 else {
        throw ModelFormatError(
          .limitExceeded, offset: start, expected: "a line of at most 1024 bytes", found: "a longer one")
      }
      line.append(byte)
    }
  }

  /// Has at least so many bytes at hand.
  private mutating func refill(_ count: Int) throws(ModelFormatError) {
    let start = position
    guard count <= source.byteCount - start else {
      throw ModelFormatError(
        .truncated, offset: start, expected: "\(count) more \(count == 1 ? "byte" : "bytes") of the pickle",
        found: "the end of the file")
    }
    guard count <= limit - start else {
      throw ModelFormatError(
        .limitExceeded, offset: start, expected: "a pickle that ends before \(limit)", found: "one that goes on")
    }
    piece = try source.bytes(at: start, count: min(max(count, PickleReader.pieceSize), source.byteCount - start))
    (pieceStart, place) = (start, 0)
  }
}
