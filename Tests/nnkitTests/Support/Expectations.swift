import TestSupport
import Testing

/// Expects that `nnkit` refuses a command line: with that exit code, one line on standard error, nothing on standard
/// output, and every file as it was, with no new one.
///
/// - Parameter evidence: what the message must name.
func expectRefusal(
  _ arguments: [String], exitCode: Int32, evidence: [String] = [], input: String = "/dev/null",
  in folder: TemporaryFolder, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let before = try folder.snapshot()
  let outcome = try Program.run(arguments, input: input, in: folder)
  let what = Comment(rawValue: "nnkit \(arguments.joined(separator: " ")): \(outcome.errors)")
  #expect(outcome.exitCode == exitCode, what, sourceLocation: sourceLocation)
  #expect(outcome.standardOutput.isEmpty, what, sourceLocation: sourceLocation)
  #expect(outcome.errors.hasSuffix("\n"), what, sourceLocation: sourceLocation)
  #expect(outcome.errorLines.count == 1, what, sourceLocation: sourceLocation)
  #expect(outcome.errors.hasPrefix("nnkit: "), what, sourceLocation: sourceLocation)
  for text in evidence {
    #expect(outcome.errors.contains(text), what, sourceLocation: sourceLocation)
  }
  #expect(try folder.snapshot() == before, what, sourceLocation: sourceLocation)
}

/// Expects that `nnkit` refuses a command line that breaks the rules of its options.
func expectUsageError(
  _ arguments: [String], exitCode: Int32 = 64, evidence: String, in folder: TemporaryFolder,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let before = try folder.snapshot()
  let outcome = try Program.run(arguments, in: folder)
  let what = Comment(rawValue: "nnkit \(arguments.joined(separator: " ")): \(outcome.errors)")
  #expect(outcome.exitCode == exitCode, what, sourceLocation: sourceLocation)
  #expect(outcome.standardOutput.isEmpty, what, sourceLocation: sourceLocation)
  #expect(outcome.errors.contains(evidence), what, sourceLocation: sourceLocation)
  #expect(outcome.errors.hasPrefix("nnkit: "), what, sourceLocation: sourceLocation)
  #expect(try folder.snapshot() == before, what, sourceLocation: sourceLocation)
}
