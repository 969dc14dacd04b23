import BinaryIO

/// CBOR's major types and the simple values in use (RFC 8949, section 3).
enum CBOR {
  static let unsignedInteger: UInt8 = 0
  static let negativeInteger: UInt8 = 1
  static let byteString: UInt8 = 2
  static let textString: UInt8 = 3
  static let array: UInt8 = 4
  static let map: UInt8 = 5
  static let falseByte: UInt8 = 0xF4
  static let trueByte: UInt8 = 0xF5
  static let doubleByte: UInt8 = 0xFB
  static let canonicalNaN: UInt64 = 0x7FF8_0000_0000_0000
}

extension StructuredValue {
  /// The one encoding of this value. O(size).
  package func encoded() -> [UInt8] {
    var writer = ByteWriter()
    encode(into: &writer)
    return writer.bytes
  }

  private func encode(into writer: inout ByteWriter) {
    switch self {
    case .boolean(let value): writer.write([value ? CBOR.trueByte : CBOR.falseByte])
    case .integer(let value):
      if value >= 0 {
        StructuredValue.encodeHead(CBOR.unsignedInteger, UInt64(value), into: &writer)
      } else {
        // −1 − n, which is the bitwise complement.
        StructuredValue.encodeHead(CBOR.negativeInteger, UInt64(~value), into: &writer)
      }
    case .number(let value):
      writer.write([CBOR.doubleByte])
      writer.writeBigEndian(value.isNaN ? CBOR.canonicalNaN : value.bitPattern)
    case .string(let value): StructuredValue.encodeString(value, into: &writer)
    case .bytes(let value):
      StructuredValue.encodeHead(CBOR.byteString, UInt64(value.count), into: &writer)
      writer.write(value)
    case .array(let elements):
      StructuredValue.encodeHead(CBOR.array, UInt64(elements.count), into: &writer)
      for element in elements { element.encode(into: &writer) }
    case .object(let fields):
      StructuredValue.encodeHead(CBOR.map, UInt64(fields.count), into: &writer)
      for field in fields {
        StructuredValue.encodeString(field.name, into: &writer)
        field.value.encode(into: &writer)
      }
    }
  }

  private static func encodeString(_ value: String, into writer: inout ByteWriter) {
    encodeHead(CBOR.textString, UInt64(value.utf8.count), into: &writer)
    writer.write(value.utf8)
  }

  /// A major type with its argument in the fewest bytes.
  private static func encodeHead(_ majorType: UInt8, _ argument: UInt64, into writer: inout ByteWriter) {
    let type = majorType << 5
    switch argument {
    case 0..<24: writer.write([type | UInt8(argument)])
    case 24...0xFF: writer.write([type | 24, UInt8(argument)])
    case 0x100...0xFFFF:
      writer.write([type | 25])
      writer.writeBigEndian(UInt16(argument))
    case 0x1_0000...0xFFFF_FFFF:
      writer.write([type | 26])
      writer.writeBigEndian(UInt32(argument))
    default:
      writer.write([type | 27])
      writer.writeBigEndian(argument)
    }
  }
}
