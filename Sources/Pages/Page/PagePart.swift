/// A picture or a table of a page, with the looks and the script that it needs.
package protocol PagePart {
  /// The markup, without a line end.
  var html: String { get }
  /// The looks. What several parts have in common stands on the page once.
  var styles: [PartStyle] { get }
  /// What runs once the page is there; nil for parts that stand still.
  var script: String? { get }
}

extension PagePart {
  package var script: String? { nil }
}

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
