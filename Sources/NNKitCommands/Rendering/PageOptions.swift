import ArgumentParser

/// The options of a command whose report can be a page.
struct PageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Save a page for browsers too, which needs nothing besides itself; - is standard output.", valueName: "file"))
  var html: String?

  @Flag(help: "Replace the page if it exists.")
  var force = false

  /// The file of the page; nil where none is asked for.
  ///
  /// - Parameter inputs: Files that it must not replace, `--force` or not.
  /// - Throws: what `PageFile` throws.
  func file(inputs: [String?]) throws -> PageFile? {
    try PageFile(html, replacing: force, inputs: inputs.compactMap(\.self))
  }
}
