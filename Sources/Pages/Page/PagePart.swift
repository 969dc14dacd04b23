/// A picture or a table of a page, with the looks and the script that it needs.
package protocol PagePart {
  /// The markup, without a line end.
  var html: String { get }
  /// The looks. What several parts have in common is on the page once.
  var styles: [PartStyle] { get }
  /// What runs once the page is there; nil for parts that stand still.
  var script: String? { get }
}

extension PagePart {
  package var script: String? { nil }
}
