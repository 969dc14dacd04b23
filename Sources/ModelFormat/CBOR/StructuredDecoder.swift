import BinaryIO

/// Reads one structured value, and refuses every encoding but the canonical one.
struct StructuredDecoder {
  private var reader: ByteReader
  private let limits: DecodingLimits
  /// The values that the heads read so far promise: the outermost one, and every element and field.
  private var valueCount = 1

  private init(_ bytes: [UInt8], limits: DecodingLimits) {
    reader = ByteReader(bytes)
    self.limits = limits
  }

  /// Decodes `bytes`, which must hold exactly one value.
  ///
  /// Nothing is allocated because a length says so: a length is compared with the bytes that are left first, and the
  /// number of values with its limit, since a value in memory is far larger than the byte that it may be encoded in.
  /// - Throws: `malformedValue` with the offset inside `bytes`, or `limitExceeded` for values that are nested too deeply
  ///   or too many.
  static func decode(_ bytes: [UInt8], limits: DecodingLimits) throws(ModelFormatError) -> StructuredValue {
    var decoder = StructuredDecoder(bytes, limits: limits)
    try limits.checkValueCount(decoder.valueCount)
    let value = try decoder.decodeValue(depth: 0)
    guard decoder.reader.remaining == 0 else {
      throw decoder.malformed(
        expected: "the end of the value", found: "\(decoder.reader.remaining) more bytes")
    }
    return value
  }

  private func malformed(at offset: Int? = nil, expected: String, found: String) -> ModelFormatError {
    ModelFormatError(
      .malformedValue, expected: expected, found: "\(found) at byte \(offset ?? reader.offset) of the value")
  }

  private mutating func decodeValue(depth: Int) throws(ModelFormatError) -> StructuredValue {
    try limits.checkNesting(depth)
    let start = reader.offset
    let first = try readByte()
    switch first {
    case CBOR.falseByte: return .boolean(false)
    case CBOR.trueByte: return .boolean(true)
    case CBOR.doubleByte:
      let bits: UInt64 = try readInteger()
      let value = Double(bitPattern: bits)
      guard !value.isNaN || bits == CBOR.canonicalNaN else {
        throw malformed(at: start, expected: "the canonical NaN", found: "bits 0x\(String(bits, radix: 16))")
      }
      return .number(value)
    default: break
    }
    let majorType = first >> 5
    guard majorType <= CBOR.map else {
      throw malformed(
        at: start, expected: "a boolean, integer, number, string, array or object",
        found: "initial byte 0x\(String(first, radix: 16))")
    }
    let argument = try readArgument(first)
    switch majorType {
    case CBOR.unsignedInteger, CBOR.negativeInteger:
      guard let value = Int(exactly: argument) else {
        throw malformed(at: start, expected: "an integer of 64 bits", found: "\(argument)")
      }
      return .integer(majorType == CBOR.unsignedInteger ? value : ~value)
    case CBOR.byteString: return .bytes(Array(try readBytes(argument)))
    case CBOR.textString: return .string(try readString(argument))
    case CBOR.array: return .array(try readArray(count: argument, depth: depth))
    default: return .object(try readObject(count: argument, depth: depth))
    }
  }

  private mutating func readArray(count: UInt64, depth: Int) throws(ModelFormatError) -> [StructuredValue] {
    let count = try announce(count, bytesPerElement: 1)
    var elements: [StructuredValue] = []
    elements.reserveCapacity(count)
    for _ in 0..<count { elements.append(try decodeValue(depth: depth + 1)) }
    return elements
  }

  private mutating func readObject(
    count: UInt64, depth: Int
  ) throws(ModelFormatError) -> [StructuredValue.Field] {
    let count = try announce(count, bytesPerElement: 2)
    var fields: [StructuredValue.Field] = []
    fields.reserveCapacity(count)
    for _ in 0..<count {
      let start = reader.offset
      let first = try readByte()
      guard first >> 5 == CBOR.textString else {
        throw malformed(at: start, expected: "a text key", found: "initial byte 0x\(String(first, radix: 16))")
      }
      let name = try readString(try readArgument(first))
      if let previous = fields.last?.name, !StructuredValue.precedes(previous, name) {
        throw malformed(
          at: start, expected: "keys in canonical order, each once",
          found: "\(ByteName(name).quoted) after \(ByteName(previous).quoted)")
      }
      fields.append(StructuredValue.Field(name: name, value: try decodeValue(depth: depth + 1)))
    }
    return fields
  }

  private mutating func readString(_ count: UInt64) throws(ModelFormatError) -> String {
    let start = reader.offset
    guard let text = String(validating: try readBytes(count), as: UTF8.self) else {
      throw malformed(at: start, expected: "valid UTF-8", found: "other bytes")
    }
    return text
  }

  /// The argument of an initial byte, in its shortest form.
  private mutating func readArgument(_ first: UInt8) throws(ModelFormatError) -> UInt64 {
    let start = reader.offset
    let (argument, least): (UInt64, UInt64)
    switch first & 0x1F {
    case let small where small < 24: return UInt64(small)
    case 24: (argument, least) = (UInt64(try readByte()), 24)
    case 25: (argument, least) = (UInt64(try readInteger() as UInt16), 0x100)
    case 26: (argument, least) = (UInt64(try readInteger() as UInt32), 0x1_0000)
    case 27: (argument, least) = (try readInteger(), 0x1_0000_0000)
    default:
      throw malformed(
        at: start - 1, expected: "a definite length", found: "initial byte 0x\(String(first, radix: 16))")
    }
    guard argument >= least else {
      throw malformed(at: start - 1, expected: "the shortest form of \(argument)", found: "a longer one")
    }
    return argument
  }

  /// Takes note of the elements of an array or the fields of an object, of which none has been read yet.
  private mutating func announce(_ count: UInt64, bytesPerElement: Int) throws(ModelFormatError) -> Int {
    guard let number = Int(exactly: count), number <= reader.remaining / bytesPerElement else {
      throw malformed(expected: "\(count) elements", found: "only \(reader.remaining) bytes")
    }
    // Both are less than the number of bytes.
    valueCount += number
    try limits.checkValueCount(valueCount)
    return number
  }

  private mutating func readByte() throws(ModelFormatError) -> UInt8 { try readInteger() }

  private mutating func readInteger<T: FixedWidthInteger>() throws(ModelFormatError) -> T {
    do { return try reader.readBigEndian() } catch { throw endOfValue(error) }
  }

  private mutating func readBytes(_ count: UInt64) throws(ModelFormatError) -> ArraySlice<UInt8> {
    do { return try reader.read(count: Int(clamping: count)) } catch { throw endOfValue(error) }
  }

  private func endOfValue(_ error: EndOfBytes) -> ModelFormatError {
    malformed(expected: "\(error.needed) more bytes", found: "\(error.available)")
  }
}
