/// A field of comma-separated values (RFC 4180).
enum CSVField {
  /// A text, in quotation marks where it needs them.
  static func quoted(_ text: String) -> String {
    // Scalars, not characters: as a character, a line end may hold two of them, and a quote an accent.
    let scalars = text.unicodeScalars
    let special: Set<Unicode.Scalar> = [",", "\"", "\r", "\n"]
    guard scalars.contains(where: special.contains) else { return text }
    var quoted = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in scalars {
      if scalar == "\"" { quoted.append(scalar) }
      quoted.append(scalar)
    }
    quoted.append("\"")
    return String(quoted)
  }
}
