import ModelFormat

/// The order of a type's numbers, told from the bits that store them, and from the leading bits alone.
///
/// A key is the bits changed so that keys, as unsigned integers, ascend as the numbers do: a negative number of a
/// floating-point type has all bits inverted, and every other one, as every signed integer, its sign inverted. So −0 comes
/// before 0, infinities come at the ends of the numbers, and NaN beyond them. The leading bits of a key are the key of the
/// leading bits.
struct ElementOrder: Sendable {
  private enum Layout {
    case signAndMagnitude(exponentBits: Int)
    case twosComplement
    case unsigned
  }

  /// How many bits an element has.
  let width: Int
  private let type: DataType
  private let layout: Layout

  init(_ type: DataType) {
    self.type = type
    width = 8 * type.byteCount
    layout =
      switch type.kind {
      case .floatingPoint(let exponentBits, _): .signAndMagnitude(exponentBits: exponentBits)
      case .signedInteger: .twosComplement
      case .unsignedInteger, .boolean: .unsigned
      }
  }

  /// How many leading bits tell whether a number is finite, and more: a table for them fits in a cache.
  var leadingWidth: Int { min(width, 16) }

  /// - Parameter width: how many leading bits there are.
  func key(_ bits: UInt64, width: Int) -> UInt64 {
    let sign: UInt64 = 1 << UInt64(width - 1)
    return switch layout {
    case .signAndMagnitude: bits & sign == 0 ? bits | sign : ~bits & (sign | (sign - 1))
    case .twosComplement: bits ^ sign
    case .unsigned: bits
    }
  }

  /// The bits that have a key.
  func bits(key: UInt64, width: Int) -> UInt64 {
    let sign: UInt64 = 1 << UInt64(width - 1)
    return switch layout {
    case .signAndMagnitude: key & sign != 0 ? key ^ sign : ~key & (sign | (sign - 1))
    case .twosComplement: key ^ sign
    case .unsigned: key
    }
  }

  /// Whether a number with these leading bits is finite.
  func isFinite(leading bits: UInt64) -> Bool {
    guard case .signAndMagnitude(let exponentBits) = layout else { return true }
    let exponent: UInt64 = (1 << UInt64(exponentBits) - 1) << UInt64(leadingWidth - 1 - exponentBits)
    return bits & exponent != exponent
  }

  /// The number that has a key.
  func number(key: UInt64) -> Double {
    ElementBlocks.number(RepeatedElement(bits: bits(key: key, width: width), byteCount: width / 8), of: type)
  }
}
