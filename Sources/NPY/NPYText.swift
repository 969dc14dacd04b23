import BinaryIO

/// Text in an `.npy` file: an array of strings of fixed length, each character 32 bits of Unicode.
///
/// NumPy fills short strings with NULs, and drops those at the end when it reads one.
public struct NPYText: Equatable, Sendable {
  /// The strings; one for an array without axes.
  public let strings: [String]
  /// Whether the array has no axes.
  public let isSingle: Bool

  /// One text.
  public init(_ text: String) { (strings, isSingle) = ([text], true) }

  /// Takes text from a whole `.npy` file.
  ///
  /// - Returns: nil for an array of anything else, or of more than one axis.
  /// - Throws: what `NPYHeader.init(_:)` throws; `invalidText` for bytes that are no characters.
  public init?(_ bytes: [UInt8]) throws(NPYError) {
    guard let layout = try TextLayout(bytes) else { return nil }
    guard bytes.count - layout.start == layout.byteCount else {
      throw NPYError(
        .invalidText, offset: layout.start, expected: "\(layout.byteCount) bytes of text",
        found: "\(bytes.count - layout.start)")
    }
    var strings: [String] = []
    for index in 0..<layout.count {
      var scalars = String.UnicodeScalarView()
      var end = layout.length
      let first = layout.start + index * layout.length * TextLayout.characterSize
      while end > 0, layout.code(bytes, at: first, end - 1) == 0 { end -= 1 }
      for place in 0..<end {
        let code = layout.code(bytes, at: first, place)
        guard let scalar = Unicode.Scalar(code) else {
          throw NPYError(
            .invalidText, offset: first + place * TextLayout.characterSize, expected: "a character",
            found: "code \(code)")
        }
        scalars.append(scalar)
      }
      strings.append(String(scalars))
    }
    self.strings = strings
    isSingle = layout.isSingle
  }

  /// Whether the header that starts so is one of text. False for anything that is no header.
  public static func isText(header bytes: [UInt8]) -> Bool {
    do throws(NPYError) { return try TextLayout(bytes) != nil } catch { return false }
  }

  /// One text as a whole `.npy` file, as NumPy writes it.
  public static func encoded(_ text: String) -> [UInt8] {
    let scalars = text.unicodeScalars
    var writer = ByteWriter()
    writer.write(NPYHeader.encoded(typeCode: "<U\(scalars.count)", shape: [], isFortranOrder: false))
    for scalar in scalars { writer.writeLittleEndian(scalar.value) }
    return writer.bytes
  }
}

/// What a header of text says.
private struct TextLayout {
  static let characterSize = 4

  /// Where the text begins.
  let start: Int
  /// The number of strings and of characters in each.
  let count: Int
  let length: Int
  let isSingle: Bool
  let isBigEndian: Bool
  let byteCount: Int

  /// Nil for a header of anything else.
  init?(_ bytes: [UInt8]) throws(NPYError) {
    start = try NPYHeader.byteCount(start: bytes)
    let literal = try HeaderLiteral(of: bytes)
    let code = literal.typeCode
    guard let order = code.first, "<>=".contains(order), code.dropFirst().first == "U", literal.shape.count <= 1,
      let length = Int(code.dropFirst(2)), length >= 0
    else { return nil }
    count = literal.shape.first ?? 1
    isSingle = literal.shape.isEmpty
    self.length = length
    isBigEndian = order == ">"
    guard let byteCount = CheckedArithmetic.product([count, length, TextLayout.characterSize]) else {
      throw NPYError(
        .dimensionOverflow, offset: start, expected: "a size that fits in 63 bits",
        found: "\(count) strings of \(length) characters")
    }
    self.byteCount = byteCount
  }

  func code(_ bytes: [UInt8], at start: Int, _ index: Int) -> UInt32 {
    let place = start + index * TextLayout.characterSize
    let little = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << (8 * UInt32($1)) }
    return isBigEndian ? little.byteSwapped : little
  }
}
