/// Colours of numbers around 0: blue below, red above, the stronger the farther away; pale where there is nothing.
enum SignedColors {
  typealias Color = (red: UInt8, green: UInt8, blue: UInt8)

  private static let below = (31.0, 95.0, 168.0)
  private static let above = (181.0, 54.0, 28.0)
  private static let middle = 247.0

  /// The colour of a value; of what is not a number it is yellow.
  ///
  /// - Parameter scale: the magnitude with the strongest colours; greater ones have the same.
  static func color(_ value: Double, scale: Double) -> Color {
    guard !value.isNaN else { return (236, 190, 20) }
    let part = scale > 0 ? min(max(value / scale, -1), 1) : 0
    let end = part < 0 ? below : above
    func mixed(_ color: Double) -> UInt8 { UInt8((middle + (color - middle) * part.magnitude).rounded()) }
    return (mixed(end.0), mixed(end.1), mixed(end.2))
  }

  /// On a dark screen pictures of the class `signed` are dark where there is nothing, and keep their hues.
  static let style = PartStyle(
    light: "--signed: none;", dark: "--signed: invert(0.92) hue-rotate(180deg);",
    rules: """
      .signed { filter: var(--signed); }
      .scale { background: linear-gradient(to right, \(css(-1)), \(css(0)), \(css(1))); }
      .scale.above { background: linear-gradient(to right, \(css(0)), \(css(1))); }
      """)

  private static func css(_ value: Double) -> String {
    let (red, green, blue) = color(value, scale: 1)
    return "rgb(\(red), \(green), \(blue))"
  }
}
