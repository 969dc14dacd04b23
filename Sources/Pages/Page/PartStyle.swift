/// Looks that parts need.
package struct PartStyle: Equatable {
  /// Colours for light screens, as CSS variables.
  let light: String
  /// The same variables for dark screens.
  let dark: String
  /// CSS rules.
  let rules: String

  init(light: String = "", dark: String = "", rules: String) {
    self.light = light
    self.dark = dark
    self.rules = rules
  }
}
