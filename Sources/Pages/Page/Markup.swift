import Formatting

/// Text as HTML and SVG have it.
package enum Markup {
  /// Text between tags or in a quoted attribute; what a name from a file must not say there is written as an escape.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for character in Text.escaped(text) {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.append(character)
      }
    }
    return result
  }

  /// A text with true minus signs in its numbers, for eyes; the hyphens of names stay.
  package static func number(_ text: String) -> String {
    var result = ""
    for character in text {
      let exponent = result.hasSuffix("e") && result.dropLast().last?.isNumber == true
      let before = result.last
      let isMinus = exponent || before.map { $0.isWhitespace || "(±".contains($0) } ?? true
      result.append(character == "-" && isMinus ? "−" : character)
    }
    return result
  }

  /// A length or place in a drawing.
  static func length(_ value: Double) -> String { Text.fixed(value, 1) }

  /// A place in a drawing of 100 units, or a share in hundredths.
  static func unit(_ value: Double) -> String { Text.fixed(value, 2) }
}
