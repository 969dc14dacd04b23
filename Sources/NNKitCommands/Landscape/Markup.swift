/// Text as HTML and SVG have it.
enum Markup {
  /// Text between tags or in a quoted attribute; what a name from a file must not say there is written as an escape.
  static func escaped(_ text: String) -> String {
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

  /// A number with a true minus sign, for eyes.
  static func number(_ text: String) -> String {
    text.replacing("-", with: "−")
  }

  /// A length or place in a drawing.
  static func length(_ value: Double) -> String { Text.fixed(value, 1) }
}
