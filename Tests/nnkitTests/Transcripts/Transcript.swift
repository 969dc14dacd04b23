import Foundation
import TestSupport

/// A text file of commands and what they print, as one would see it in a terminal.
///
/// - A line that begins with `$ ` is a command for the shell, with `nnkit` as the program under test. What follows is its
///   standard output; then its standard error, each line after `2> `; then `(exit code N)`, where that is not 0.
/// - Lines before the first command begin with `# ` and say how to compare, and why:
///   `# numbers within 0.001: …` lets a number differ from the recorded one by this part of the larger of the two;
///   `# without times: …` replaces durations, and samples per second, by `TIME` and `RATE`.
struct Transcript {
  /// The lines that begin with `# `.
  let notes: [String]
  let commands: [String]
  /// Every line after the notes.
  let lines: [String]

  init(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    notes = Array(lines.prefix { $0.hasPrefix("# ") })
    self.lines = Array(lines.dropFirst(notes.count))
    commands = self.lines.filter { $0.hasPrefix("$ ") }.map { String($0.dropFirst(2)) }
  }

  var text: String { (notes + lines).map { $0 + "\n" }.joined() }

  /// How far a number may be from the recorded one, as a part of the larger of the two.
  var tolerance: Double {
    notes.lazy.compactMap { $0.firstMatch(of: /^# numbers within ([0-9.e-]+):/) }.compactMap { Double($0.1) }.first ?? 0
  }

  var hidesTimes: Bool { notes.contains { $0.hasPrefix("# without times: ") } }

  /// Runs the same commands, one after the other in one folder, and returns what they print now.
  func repeated(in folder: TemporaryFolder) throws -> Transcript {
    var text = notes.map { $0 + "\n" }.joined()
    for command in commands {
      let outcome = try Program.shell(command, in: folder)
      text += "$ \(command)\n" + shown(outcome)
    }
    return Transcript(text)
  }

  private func shown(_ outcome: Outcome) -> String {
    var lines = outcome.outputLines
    if !outcome.output.isEmpty && !outcome.output.hasSuffix("\n") { lines.append("(no line feed at the end)") }
    lines += outcome.errorLines.map { "2> " + $0 }
    if let signal = outcome.signal { lines.append("(signal \(signal))") }
    if let code = outcome.exitCode, code != 0 { lines.append("(exit code \(code))") }
    return lines.map { (hidesTimes ? Transcript.withoutTimes($0) : $0) + "\n" }.joined()
  }

  private static func withoutTimes(_ line: String) -> String {
    line
      .replacing(/[0-9][0-9,.]* samples\/s/, with: "RATE samples/s")
      .replacing(/[0-9][0-9,.]* (ns|µs|ms|s)\b/, with: "TIME")
      .replacing(/"seconds":[0-9.e-]+/, with: "\"seconds\":TIME")
      .replacing(/"samples_per_second":[0-9.e+-]+/, with: "\"samples_per_second\":RATE")
  }
}
