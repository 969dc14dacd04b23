import BinaryIO

/// The first 16 bytes: signature, version, and their checksum.
///
/// In PNG's manner the signature shows what transfers do to files: a cleared high bit, converted line ends, and
/// text that stops at control-Z.
enum FileHeader {
  static let signature: [UInt8] = [0x89, 0x4E, 0x4E, 0x4B, 0x0D, 0x0A, 0x1A, 0x0A]
  static let size = 16

  static func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(signature)
    writer.writeLittleEndian(FormatVersion.current.major)
    writer.writeLittleEndian(FormatVersion.current.minor)
    writer.writeLittleEndian(CRC32.checksum(writer.bytes))
    return writer.bytes
  }

  static func decode(_ bytes: [UInt8]) throws(ModelFormatError) -> FormatVersion {
    let found = bytes.prefix(signature.count)
    guard found.elementsEqual(signature) else {
      // A file that starts rightly and stops is cut, not foreign.
      if !bytes.isEmpty, bytes.count < signature.count, signature.starts(with: bytes) { throw truncated(bytes) }
      let file = ForeignFile(startingWith: bytes)
      throw ModelFormatError(
        .notAModel, section: "header", offset: 0, expected: "a model",
        found: file.name, advice: file.advice)
    }
    guard bytes.count >= size else { throw truncated(bytes) }
    let stored = integer(bytes, at: 12, UInt32.self)
    let computed = CRC32.checksum(bytes[..<12])
    guard stored == computed else {
      throw ModelFormatError(
        .checksumMismatch, section: "header", offset: 12, expected: hexadecimal(stored),
        found: hexadecimal(computed))
    }
    let version = FormatVersion(major: integer(bytes, at: 8, UInt16.self), minor: integer(bytes, at: 10, UInt16.self))
    guard version.isSupported else {
      throw ModelFormatError(
        .unsupportedVersion, section: "header", offset: 8, expected: "version \(FormatVersion.current.major).x",
        found: "version \(version)" + (version.isNewer ? "" : ", a draft that was never released"),
        advice: version.isNewer
          ? "read it with an nnkit that knows version \(version)" : "make it again: train or convert once more")
    }
    return version
  }

  private static func truncated(_ bytes: [UInt8]) -> ModelFormatError {
    ModelFormatError(
      .truncated, section: "header", offset: bytes.count, expected: "a header of \(size) bytes",
      found: "\(bytes.count) bytes")
  }
}

/// The little-endian integer at an offset that the caller knows to be inside.
package func integer<T: FixedWidthInteger>(_ bytes: [UInt8], at offset: Int, _: T.Type) -> T {
  unsafe bytes.withUnsafeBytes { unsafe T(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: T.self)) }
}

package func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
}

func hexadecimal(_ value: UInt32) -> String {
  let digits = String(value, radix: 16)
  return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
}
