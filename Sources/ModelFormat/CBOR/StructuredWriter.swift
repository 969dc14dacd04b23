/// Writes the one encoding of a value as it is walked through, so that no tree has to be made of what is large.
///
/// What readers would refuse, too many values or values nested too deeply, is noted on the way.
package struct StructuredWriter {
  /// What has been written.
  private(set) var bytes: [UInt8] = []
  private let limits: DecodingLimits?
  private var valueCount = 1
  private var depth = 0
  private var failure: ModelFormatError?

  /// - Parameter limits: those of the readers; nil for what no limit applies to.
  init(limits: DecodingLimits?) { self.limits = limits }

  /// What has been written, all of it.
  ///
  /// - Throws: `limitExceeded` for what readers with the limits would refuse.
  consuming func finish() throws(ModelFormatError) -> [UInt8] {
    if let failure { throw failure }
    try limits?.checkStructuredSize(bytes.count)
    return bytes
  }

  mutating func boolean(_ value: Bool) { bytes.append(value ? CBOR.trueByte : CBOR.falseByte) }

  mutating func integer(_ value: Int) {
    // −1 − n is the bitwise complement.
    if value >= 0 { head(CBOR.unsignedInteger, UInt64(value)) } else { head(CBOR.negativeInteger, UInt64(~value)) }
  }

  mutating func number(_ value: Double) {
    bytes.append(CBOR.doubleByte)
    argument(value.isNaN ? CBOR.canonicalNaN : value.bitPattern, size: 8)
  }

  mutating func string(_ value: String) {
    head(CBOR.textString, UInt64(value.utf8.count))
    bytes.append(contentsOf: value.utf8)
  }

  mutating func byteString(_ value: [UInt8]) {
    head(CBOR.byteString, UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  /// The bytes of 64-bit numbers, little-endian, with a single NaN, as a byte string.
  mutating func byteString(of values: [Double]) {
    head(CBOR.byteString, UInt64(values.count) * 8)
    bytes.reserveCapacity(bytes.count + values.count * 8)
    for value in values {
      let bits = (value.isNaN ? CBOR.canonicalNaN : value.bitPattern).littleEndian
      unsafe withUnsafeBytes(of: bits) { unsafe bytes.append(contentsOf: $0) }
    }
  }

  mutating func array<Element>(_ elements: [Element], _ write: (inout StructuredWriter, Element) -> Void) {
    begin(CBOR.array, elements.count)
    for element in elements { write(&self, element) }
    depth -= 1
  }

  /// An object of so many fields, which `write` writes in canonical order.
  mutating func object(_ count: Int, _ write: (inout StructuredWriter) -> Void) {
    begin(CBOR.map, count)
    write(&self)
    depth -= 1
  }

  /// A field of an object, whose value `write` writes.
  mutating func field(_ name: String, _ write: (inout StructuredWriter) -> Void) {
    string(name)
    write(&self)
  }

  private mutating func begin(_ majorType: UInt8, _ count: Int) {
    valueCount += count
    depth += 1
    if let limits, failure == nil {
      do throws(ModelFormatError) {
        try limits.checkValueCount(valueCount)
        // Nothing is nested in what is empty.
        if count > 0 { try limits.checkNesting(depth) }
      } catch { failure = error }
    }
    head(majorType, UInt64(count))
  }

  /// A major type with its argument in the fewest bytes.
  private mutating func head(_ majorType: UInt8, _ value: UInt64) {
    let type = majorType << 5
    switch value {
    case 0..<24: bytes.append(type | UInt8(value))
    case 24...0xFF:
      bytes.append(type | 24)
      argument(value, size: 1)
    case 0x100...0xFFFF:
      bytes.append(type | 25)
      argument(value, size: 2)
    case 0x1_0000...0xFFFF_FFFF:
      bytes.append(type | 26)
      argument(value, size: 4)
    default:
      bytes.append(type | 27)
      argument(value, size: 8)
    }
  }

  /// The last bytes of a number, the most significant first.
  private mutating func argument(_ value: UInt64, size: Int) {
    for shift in (0..<size).reversed() { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * shift))) }
  }
}

/// What has one encoding, and writes it.
package protocol StructuredEncodable {
  func write(to writer: inout StructuredWriter)
}

extension StructuredEncodable {
  /// The one encoding. O(size).
  ///
  /// - Throws: `limitExceeded` for what readers with the limits would refuse.
  func encoded(limits: DecodingLimits) throws(ModelFormatError) -> [UInt8] {
    var writer = StructuredWriter(limits: limits)
    write(to: &writer)
    return try writer.finish()
  }

  /// The one encoding, of any size.
  package func encoded() -> [UInt8] {
    var writer = StructuredWriter(limits: nil)
    write(to: &writer)
    return writer.bytes
  }

  /// The value as a tree. For what is small: its values are objects each.
  package var structured: StructuredValue { EncodedValue(sound: encoded(), at: 0).tree }
}
