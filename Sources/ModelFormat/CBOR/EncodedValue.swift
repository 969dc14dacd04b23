/// A structured value that stays in its encoding, which is sound: it is looked at where it is, and nothing is built of it.
///
/// A value in memory is far larger than the byte that it may be encoded in. So parts of a model are made from this, and
/// the bytes are all that there is besides them.
package struct EncodedValue: Sendable {
  let bytes: [UInt8]
  /// Where the value starts.
  let offset: Int

  /// The value that bytes hold. O(n) to check them.
  ///
  /// - Throws: what `StructuredDecoder.check(_:limits:)` throws.
  init(_ bytes: [UInt8], limits: DecodingLimits) throws(ModelFormatError) {
    try StructuredDecoder.check(bytes, limits: limits)
    self.init(sound: bytes, at: 0)
  }

  /// A value of the library's own making.
  package init(_ value: StructuredValue) { self.init(sound: value.encoded(), at: 0) }

  /// - Parameter bytes: what has been checked.
  init(sound bytes: [UInt8], at offset: Int) {
    self.bytes = bytes
    self.offset = offset
  }

  /// What a value begins with: all of it, or what is inside of it.
  enum Head {
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    /// The bytes of a string.
    case string(Range<Int>)
    case bytes(Range<Int>)
    /// How many elements follow.
    case array(Int)
    /// How many fields follow.
    case object(Int)
  }

  /// The head at a place, and where it ends. Strings and byte strings end with it. O(1).
  func head(at start: Int) -> (head: Head, end: Int) {
    let first = bytes[start]
    switch first {
    case CBOR.falseByte: return (.boolean(false), start + 1)
    case CBOR.trueByte: return (.boolean(true), start + 1)
    case CBOR.doubleByte: return (.number(Double(bitPattern: integer(at: start + 1, size: 8))), start + 9)
    default: break
    }
    let size = first & 0x1F < 24 ? 0 : 1 << Int(first & 3)
    let argument = size == 0 ? Int(first & 0x1F) : Int(truncatingIfNeeded: integer(at: start + 1, size: size))
    let end = start + 1 + size
    switch first >> 5 {
    case CBOR.unsignedInteger: return (.integer(argument), end)
    case CBOR.negativeInteger: return (.integer(~argument), end)
    case CBOR.byteString: return (.bytes(end..<end + argument), end + argument)
    case CBOR.textString: return (.string(end..<end + argument), end + argument)
    case CBOR.array: return (.array(argument), end)
    default: return (.object(argument), end)
    }
  }

  private func integer(at start: Int, size: Int) -> UInt64 {
    var value: UInt64 = 0
    for index in start..<start + size { value = value << 8 | UInt64(bytes[index]) }
    return value
  }

  /// Where the value at a place ends. O(number of values in it).
  func end(of start: Int) -> Int {
    var (position, remaining) = (start, 1)
    while remaining > 0 {
      let (head, end) = head(at: position)
      remaining -= 1
      position = end
      switch head {
      case .array(let count): remaining += count
      case .object(let count): remaining += 2 * count
      case .boolean, .integer, .number, .string, .bytes: break
      }
    }
    return position
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// What comes first, or all there is.
  var head: Head { head(at: offset).head }

  /// The value itself if it is a string.
  package var string: String? {
    guard case .string(let range) = head else { return nil }
    return text(range)
  }

  /// The value itself if it is a number or an integer.
  package var anyNumber: Double? {
    switch head {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  /// What kind of value it is, for messages.
  package var kind: String { kind(at: offset) }

  func kind(at place: Int) -> String {
    switch head(at: place).head {
    case .boolean: StructuredValue.boolean(true).kind
    case .integer: StructuredValue.integer(0).kind
    case .number: StructuredValue.number(0).kind
    case .string: StructuredValue.string("").kind
    case .bytes: StructuredValue.bytes([]).kind
    case .array: StructuredValue.array([]).kind
    case .object: StructuredValue.object([]).kind
    }
  }

  /// The value as a tree. O(size).
  var tree: StructuredValue {
    var position = offset
    return tree(&position)
  }

  private func tree(_ position: inout Int) -> StructuredValue {
    let (head, end) = head(at: position)
    position = end
    switch head {
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(value)
    case .number(let value): return .number(value)
    case .string(let range): return .string(text(range))
    case .bytes(let range): return .bytes(Array(bytes[range]))
    case .array(let count): return .array((0..<count).map { _ in tree(&position) })
    case .object(let count):
      return .object(
        (0..<count).map { _ in
          let name = key(&position)
          return StructuredValue.Field(name: text(name), value: tree(&position))
        })
    }
  }

  /// The key at a place, which moves behind it.
  func key(_ position: inout Int) -> Range<Int> {
    let (head, end) = head(at: position)
    position = end
    guard case .string(let range) = head else { return end..<end }
    return range
  }
}

extension EncodedValue {
  /// The elements of an array, one after the other.
  package struct Elements: Sequence, IteratorProtocol {
    private let value: EncodedValue
    private var position: Int
    private var remaining: Int

    /// How many there are still.
    package var underestimatedCount: Int { remaining }

    init(_ value: EncodedValue, at position: Int, count: Int) {
      self.value = value
      self.position = position
      remaining = count
    }

    package mutating func next() -> EncodedValue? {
      guard remaining > 0 else { return nil }
      remaining -= 1
      defer { position = value.end(of: position) }
      return EncodedValue(sound: value.bytes, at: position)
    }
  }

  /// The elements if it is an array.
  package var elements: Elements? {
    let (head, end) = head(at: offset)
    guard case .array(let count) = head else { return nil }
    return Elements(self, at: end, count: count)
  }

  /// The value of a field if it is an object that has it. O(number of values before it).
  func field(_ name: String) -> EncodedValue? {
    let (head, start) = head(at: offset)
    guard case .object(let count) = head else { return nil }
    var position = start
    for _ in 0..<count {
      let range = key(&position)
      if range.count == name.utf8.count, bytes[range].elementsEqual(name.utf8) {
        return EncodedValue(sound: bytes, at: position)
      }
      position = end(of: position)
    }
    return nil
  }
}
