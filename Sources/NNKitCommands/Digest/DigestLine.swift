import Hashing

/// A line as `sha256sum` writes it: a digest, two spaces, and what it is of. `specs/digest.md`, section 5, defines it.
struct DigestLine: Equatable {
  let digest: SHA256Digest
  let path: String
  /// The tensor of the file that the digest is of; nil for the model.
  let tensor: String?
}

extension DigestLine {
  private static let separator: Unicode.Scalar = "\t"

  /// The line, without its end.
  var text: String {
    let names = [path, tensor].compactMap(\.self)
    guard names.contains(where: DigestLine.needsEscapes) else {
      return "\(digest)  \(names.joined(separator: String(DigestLine.separator)))"
    }
    return "\\\(digest)  \(names.map(DigestLine.escaped).joined(separator: String(DigestLine.separator)))"
  }

  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: true
    default: scalar == "\\"
    }
  }

  private static func needsEscapes(_ name: String) -> Bool { name.unicodeScalars.contains(where: isEscaped) }

  private static func escaped(_ name: String) -> String {
    name.unicodeScalars.map { scalar in
      scalar == "\\"
        ? "\\\\" : isEscaped(scalar) ? "\\u{\(String(scalar.value, radix: 16))}" : String(Character(scalar))
    }.joined()
  }

  /// What a line says; nil for one that is no such line.
  init?(_ text: Substring) {
    var rest = text.unicodeScalars
    let isEscaped = rest.first == "\\"
    if isEscaped { rest.removeFirst() }
    guard let end = rest.index(rest.startIndex, offsetBy: 2 * SHA256Digest.byteCount, limitedBy: rest.endIndex),
      let digest = SHA256Digest(Substring(rest[..<end]))
    else { return nil }
    rest = rest[end...]
    guard rest.popFirst() == " ", let mark = rest.popFirst(), mark == " " || mark == "*", !rest.isEmpty else {
      return nil
    }
    let names = rest.split(separator: DigestLine.separator, maxSplits: 1, omittingEmptySubsequences: false)
      .map { String($0) }
    let plain = isEscaped ? names.compactMap(DigestLine.unescaped) : names
    guard plain.count == names.count, let path = plain.first, !path.isEmpty else { return nil }
    self.init(digest: digest, path: path, tensor: plain.count > 1 ? plain[1] : nil)
  }

  private static func unescaped(_ text: String) -> String? {
    var (plain, rest) = (String.UnicodeScalarView(), text.unicodeScalars[...])
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        plain.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "\\": plain.append("\\")
      case "u":
        guard rest.popFirst() == "{", let end = rest.firstIndex(of: "}"),
          let value = UInt32(String(rest[..<end]), radix: 16), let scalar = Unicode.Scalar(value)
        else { return nil }
        plain.append(scalar)
        rest = rest[rest.index(after: end)...]
      default: return nil
      }
    }
    return String(plain)
  }
}
