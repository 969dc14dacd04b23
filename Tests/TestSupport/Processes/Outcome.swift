/// How a run of a program ended, and what it wrote.
package struct Outcome: Sendable {
  package let exitCode: Int32?
  /// The signal that ended it.
  package let signal: Int32?
  package let standardOutput: [UInt8]
  package let standardError: [UInt8]

  package var output: String { String(decoding: standardOutput, as: UTF8.self) }
  package var errors: String { String(decoding: standardError, as: UTF8.self) }
  package var outputLines: [String] { Outcome.lines(output) }
  package var errorLines: [String] { Outcome.lines(errors) }

  /// The lines of a text that ends with a line feed.
  private static func lines(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
