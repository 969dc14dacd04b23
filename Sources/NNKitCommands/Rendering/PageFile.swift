import ArgumentParser
import BinaryIO
import Formatting
import Pages

/// The file that `--html` names; - is standard output.
struct PageFile {
  let path: String
  /// Whether a file of this name may be replaced.
  private let isReplacing: Bool

  var isStandardOutput: Bool { path == "-" }

  /// Makes sure that the page can be saved, before any work is done for it.
  ///
  /// - Parameters:
  ///   - path: What `--html` was given; nil for no page.
  ///   - inputs: Files that it must not replace, `--force` or not.
  /// - Throws: `FileError`, or `CommandFailure` for an input.
  init?(_ path: String?, replacing: Bool, inputs: [String]) throws {
    guard let path else { return nil }
    self.path = path
    isReplacing = replacing
    try FileSystem.checkWritable(path, replacing: replacing)
    try OutputCheck.checkInputsAreKept("--html", path, inputs: inputs)
  }

  /// Refuses a page that has to share standard output with JSON.
  static func validate(_ path: String?, _ output: OutputOptions) throws {
    if path == "-" && output.json {
      throw ValidationError("--json and the page cannot both go to standard output: give --html a file")
    }
  }

  /// Tells people where the page is, on standard error; there is nothing to tell of standard output.
  func tellSaved() {
    if !isStandardOutput { Terminal.logLine("saved \(Text.escaped(path))") }
  }

  /// Writes the page; a file appears only when it is complete.
  func save(_ page: Page) throws {
    var sink = try OutputSink(path: path, replacing: isReplacing)
    try sink.write(Array(page.html.utf8))
    try sink.finish()
  }
}
