import BinaryIO

extension NPYHeader {
  /// The bytes that every `.npy` file starts with.
  public static let signature: [UInt8] = [0x93] + Array("NUMPY".utf8)

  private static let opening = "the bytes 93 'NUMPY', a version and the length of the header"

  /// Reads a header from the beginning of `stream`; at most 12 + 65,536 bytes are taken.
  static func read(from stream: inout ContentStream) throws(NPYError) -> NPYHeader {
    let start = try stream.next(8)
    guard start.starts(with: signature) else {
      throw NPYError(
        .notNPY, path: stream.path, offset: 0, expected: opening,
        found: start.isEmpty ? "no bytes" : "other bytes")
    }
    guard start.count == 8 else { throw truncated(stream, expected: opening) }
    let (major, minor) = (start[6], start[7])
    // The length of the header has 16 bits in version 1, and 32 later.
    let lengthSize: Int
    switch (major, minor) {
    case (1, 0): lengthSize = 2
    case (2, 0), (3, 0): lengthSize = 4
    default:
      throw NPYError(
        .unsupportedVersion, path: stream.path, offset: 6, expected: "version 1.0, 2.0 or 3.0",
        found: "\(major).\(minor)")
    }
    let lengthBytes = try stream.next(lengthSize)
    guard lengthBytes.count == lengthSize else { throw truncated(stream, expected: opening) }
    let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= maximumByteCount else {
      throw NPYError(
        .invalidHeader, path: stream.path, offset: 8, expected: "a header of at most \(maximumByteCount) bytes",
        found: "\(length)")
    }
    let textStart = stream.offset
    let text = try stream.next(length)
    guard text.count == length else { throw truncated(stream, expected: "a header of \(length) bytes") }
    let literal: HeaderLiteral
    do throws(HeaderLiteral.Failure) { literal = try HeaderLiteral(text) } catch {
      throw NPYError(
        .invalidHeader, path: stream.path, offset: textStart + error.position, expected: error.expected,
        found: error.found)
    }
    do throws(NPYError) { return try NPYHeader(literal, offset: textStart) } catch {
      throw error.at(path: stream.path)
    }
  }

  private init(_ literal: HeaderLiteral, offset: Int) throws(NPYError) {
    let code = literal.typeCode.dropFirst()
    guard let order = literal.typeCode.first, let type = NPYElementType(rawValue: String(code)),
      // One byte has no order, and NumPy marks it so.
      "<>|=".contains(order), order != "|" || type.byteSize == 1
    else {
      throw NPYError(
        .unsupportedType, offset: offset, expected: "numbers or booleans",
        found: NPYHeader.describe(typeCode: literal.typeCode))
    }
    let machineIsBigEndian = 1.bigEndian == 1
    try self.init(
      elementType: type, shape: literal.shape, isFortranOrder: literal.isFortranOrder,
      isBigEndian: order == ">" || order == "=" && machineIsBigEndian)
  }

  /// What a type that is not read is, in words where NumPy's letter for it says so.
  private static func describe(typeCode: String) -> String {
    let kinds: [Character: String] = [
      "O": "Python objects, which would have to be unpickled", "S": "bytes", "U": "text", "V": "raw bytes",
      "M": "dates", "m": "durations", "f": "a floating-point type of this size", "t": "bits",
    ]
    let kind = typeCode.dropFirst().first.flatMap { kinds[$0] }
    return typeCode.debugDescription + (kind.map { " (\($0))" } ?? "")
  }

  private static func truncated(_ stream: borrowing ContentStream, expected: String) -> NPYError {
    NPYError(
      .truncatedHeader, path: stream.path, offset: stream.offset, expected: expected, found: "the end of the file")
  }
}
