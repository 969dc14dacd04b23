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
