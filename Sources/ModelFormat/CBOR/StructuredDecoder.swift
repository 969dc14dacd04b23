import BinaryIO

/// Reads one structured value, and refuses every encoding but the canonical one.
///
/// Nothing is built: what has been found to be sound is looked at in its encoding.
struct StructuredDecoder {
  private let bytes: [UInt8]
  private let limits: DecodingLimits
  private var offset = 0
  /// The values that the heads read so far promise: the outermost one, and every element and field.
  private var valueCount = 1
  /// What all values take in memory at most, once parts of a model are made of them.
  private var memorySize = 0

  /// An element of a list, and a field.
  private static let elementSize = 24
  private static let fieldSize = 40
  /// What an array or a string that is not short has around its content.
  private static let allocationSize = 48

  private init(_ bytes: [UInt8], limits: DecodingLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  /// Checks that `bytes` hold exactly one value. O(n), and no memory.
  ///
  /// A length is compared with the bytes that are left, and the number of values with its limit, since a value in memory
  /// is far larger than the byte that it may be encoded in.
  /// - Returns: how many bytes of memory the values take at most once they are part of a model: 24 for an element and 40
  ///   for a field, and for each array, object and string of more than 15 bytes 48 and its content.
  /// - Throws: `malformedValue` with the offset inside `bytes`, or `limitExceeded` for values that are nested too deeply
  ///   or too many.
  @discardableResult
  static func check(_ bytes: [UInt8], limits: DecodingLimits) throws(ModelFormatError) -> Int {
    var decoder = StructuredDecoder(bytes, limits: limits)
    try limits.checkValueCount(decoder.valueCount)
    try decoder.checkValue(depth: 0)
    guard decoder.remaining == 0 else {
      throw decoder.malformed(expected: "the end of the value", found: "\(decoder.remaining) more bytes")
    }
    return decoder.memorySize
  }

  /// Decodes `bytes`, which must hold exactly one value, to a tree. For what is small: its values are objects each.
  ///
  /// - Throws: what `check(_:limits:)` throws.
  static func decode(_ bytes: [UInt8], limits: DecodingLimits) throws(ModelFormatError) -> StructuredValue {
    try EncodedValue(bytes, limits: limits).tree
  }

  private var remaining: Int { bytes.count - offset }

  private func malformed(at place: Int? = nil, expected: String, found: String) -> ModelFormatError {
    ModelFormatError(
      .malformedValue, expected: expected, found: "\(found) at byte \(place ?? offset) of the value")
  }

  private mutating func checkValue(depth: Int) throws(ModelFormatError) {
    try limits.checkNesting(depth)
    let start = offset
    let first = UInt8(truncatingIfNeeded: try readInteger(size: 1))
    switch first {
    case CBOR.falseByte, CBOR.trueByte: return
    case CBOR.doubleByte:
      let bits = try readInteger(size: 8)
      guard !Double(bitPattern: bits).isNaN || bits == CBOR.canonicalNaN else {
        throw malformed(at: start, expected: "the canonical NaN", found: "bits 0x\(String(bits, radix: 16))")
      }
      return
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
      guard Int(exactly: argument) != nil else {
        throw malformed(at: start, expected: "an integer of 64 bits", found: "\(argument)")
      }
    case CBOR.byteString: memorySize += StructuredDecoder.allocationSize + (try skipBytes(argument)).count
    case CBOR.textString: _ = try checkString(argument)
    case CBOR.array: try checkArray(count: argument, depth: depth)
    default: try checkObject(count: argument, depth: depth)
    }
  }

  private mutating func checkArray(count: UInt64, depth: Int) throws(ModelFormatError) {
    let count = try announce(count, bytesPerElement: 1)
    memorySize += StructuredDecoder.allocationSize + StructuredDecoder.elementSize * count
    for _ in 0..<count { try checkValue(depth: depth + 1) }
  }

  private mutating func checkObject(count: UInt64, depth: Int) throws(ModelFormatError) {
    let count = try announce(count, bytesPerElement: 2)
    memorySize += StructuredDecoder.allocationSize + StructuredDecoder.fieldSize * count
    var previous: Range<Int>?
    for _ in 0..<count {
      let start = offset
      let first = UInt8(truncatingIfNeeded: try readInteger(size: 1))
      guard first >> 5 == CBOR.textString else {
        throw malformed(at: start, expected: "a text key", found: "initial byte 0x\(String(first, radix: 16))")
      }
      let name = try checkString(try readArgument(first))
      if let previous, !precedes(previous, name) {
        func quoted(_ range: Range<Int>) -> String {
          ByteName(String(decoding: bytes[range], as: UTF8.self)).quoted
        }
        throw malformed(
          at: start, expected: "keys in canonical order, each once", found: "\(quoted(name)) after \(quoted(previous))")
      }
      previous = name
      try checkValue(depth: depth + 1)
    }
  }

  /// The canonical order of keys, as `StructuredValue.precedes(_:_:)`.
  private func precedes(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    left.count != right.count ? left.count < right.count : bytes[left].lexicographicallyPrecedes(bytes[right])
  }

  private mutating func checkString(_ count: UInt64) throws(ModelFormatError) -> Range<Int> {
    let start = offset
    let range = try skipBytes(count)
    if range.count > 15 { memorySize += StructuredDecoder.allocationSize + range.count }
    let isValid = unsafe bytes.withUnsafeBufferPointer { bytes in
      let text = unsafe UnsafeBufferPointer(rebasing: bytes[range])
      return unsafe text.allSatisfy { $0 < 0x80 } || String(validating: text, as: UTF8.self) != nil
    }
    guard isValid else { throw malformed(at: start, expected: "valid UTF-8", found: "other bytes") }
    return range
  }

  /// The argument of an initial byte, in its shortest form.
  private mutating func readArgument(_ first: UInt8) throws(ModelFormatError) -> UInt64 {
    let start = offset
    let (argument, least): (UInt64, UInt64)
    switch first & 0x1F {
    case let small where small < 24: return UInt64(small)
    case 24: (argument, least) = (try readInteger(size: 1), 24)
    case 25: (argument, least) = (try readInteger(size: 2), 0x100)
    case 26: (argument, least) = (try readInteger(size: 4), 0x1_0000)
    case 27: (argument, least) = (try readInteger(size: 8), 0x1_0000_0000)
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
    guard let number = Int(exactly: count), number <= remaining / bytesPerElement else {
      throw malformed(expected: "\(count) elements", found: "only \(remaining) bytes")
    }
    // Both are less than the number of bytes.
    valueCount += number
    try limits.checkValueCount(valueCount)
    return number
  }

  private mutating func readInteger(size: Int) throws(ModelFormatError) -> UInt64 {
    guard size <= remaining else { throw endOfValue(needed: size) }
    var value: UInt64 = 0
    for index in offset..<offset + size { value = value << 8 | UInt64(bytes[index]) }
    offset += size
    return value
  }

  private mutating func skipBytes(_ count: UInt64) throws(ModelFormatError) -> Range<Int> {
    let count = Int(clamping: count)
    guard count <= remaining else { throw endOfValue(needed: count) }
    defer { offset += count }
    return offset..<offset + count
  }

  private func endOfValue(needed: Int) -> ModelFormatError {
    malformed(expected: "\(needed) more bytes", found: "\(remaining)")
  }
}
