extension NPYHeader {
  /// The bytes that every `.npy` file starts with.
  public static let signature: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// How many bytes tell how long a header is.
  public static let startSize = 12
  /// The most bytes that the dictionary in a header may have. NumPy's own are a few hundred long, and it refuses more than
  /// 10,000 unless told that the file can be trusted.
  public static let maximumLength = 1 << 16

  /// The size of the header that starts so: the elements begin after it.
  ///
  /// - Parameter start: the first 12 bytes of the file, or all of them where there are fewer.
  /// - Throws: `notNPY`, `truncatedHeader`, `unsupportedVersion`, `headerTooLong`.
  public static func byteCount(start: some Collection<UInt8>) throws(NPYError) -> Int {
    let (textStart, length) = try text(Array(start.prefix(startSize)))
    return textStart + length
  }

  static func text(_ start: [UInt8]) throws(NPYError) -> (start: Int, length: Int) {
    guard start.starts(with: signature) else {
      throw NPYError(
        .notNPY, offset: 0, expected: "the bytes 93 'NUMPY', a version and the length of the header",
        found: start.isEmpty ? "no bytes" : "other bytes")
    }
    guard start.count >= 8 else { throw truncated(start.count, "a version") }
    // The length of the header has 16 bits in version 1, and 32 later.
    let lengthSize: Int
    switch (start[6], start[7]) {
    case (1, 0): lengthSize = 2
    case (2, 0), (3, 0): lengthSize = 4
    default:
      throw NPYError(
        .unsupportedVersion, offset: 6, expected: "version 1.0, 2.0 or 3.0", found: "\(start[6]).\(start[7])",
        advice: "write the file with numpy.save")
    }
    guard start.count >= 8 + lengthSize else { throw truncated(start.count, "the length of the header") }
    let length = start[8..<8 + lengthSize].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= maximumLength else {
      throw NPYError(
        .headerTooLong, offset: 8, expected: "a header of at most \(maximumLength) bytes", found: "\(length)")
    }
    return (8 + lengthSize, length)
  }

  /// Takes a header from its bytes.
  ///
  /// - Parameter bytes: at least as many as `byteCount(start:)` says.
  /// - Throws: what `byteCount(start:)` throws; `invalidHeader`, `unsupportedType`, `dimensionOverflow`.
  public init(_ bytes: [UInt8]) throws(NPYError) {
    let literal = try HeaderLiteral(of: bytes)
    let start = literal.offset
    let code = literal.typeCode.dropFirst()
    guard let order = literal.typeCode.first, let type = NPYElementType(rawValue: String(code)),
      // One byte has no order, and NumPy marks it so.
      "<>=|".contains(order), order != "|" || type.wordSize == 1
    else { throw NPYHeader.unsupported(literal.typeCode, offset: start) }
    do throws(NPYError) {
      try self.init(
        elementType: type, shape: literal.shape, isFortranOrder: literal.isFortranOrder, isBigEndian: order == ">")
    } catch { throw NPYError(error.code, offset: start, expected: error.expected, found: error.found) }
  }

  /// What a type that is not read is, in words where NumPy's letter for it says so, and the way out.
  private static func unsupported(_ typeCode: String, offset: Int) -> NPYError {
    let (kind, advice): (String?, String) =
      switch typeCode.dropFirst().first {
      case "O":
        (
          "Python objects, which are pickled",
          "it is not read, because reading it would run code: save arrays of numbers"
        )
      case "S", "a": ("bytes", "save numbers")
      case "U": ("text", "save numbers")
      case "V": ("raw bytes", "save numbers, as with array.view(\"uint16\") or array.astype(\"float32\")")
      case "M": ("dates", "save numbers, as with array.astype(\"int64\")")
      case "m": ("durations", "save numbers, as with array.astype(\"int64\")")
      default: (nil, "save numbers, as with array.astype(\"float32\")")
      }
    return NPYError(
      .unsupportedType, offset: offset, expected: "numbers or booleans",
      found: typeCode.debugDescription + (kind.map { ", \($0)" } ?? ""), advice: advice)
  }

  static func truncated(_ count: Int, _ expected: String) -> NPYError {
    NPYError(.truncatedHeader, offset: count, expected: expected, found: "the end of the file")
  }
}

extension HeaderLiteral {
  /// The dictionary in a header.
  init(of bytes: [UInt8]) throws(NPYError) {
    let (start, length) = try NPYHeader.text(Array(bytes.prefix(NPYHeader.startSize)))
    guard bytes.count >= start + length else {
      throw NPYHeader.truncated(bytes.count, "a header of \(start + length) bytes")
    }
    try self.init(bytes[start..<start + length], at: start)
  }
}
