import TestSupport
import Testing

extension Program {
  /// Runs `nnkit` and expects it to succeed.
  @discardableResult
  static func succeed(
    _ arguments: [String], in folder: TemporaryFolder, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let outcome = try run(arguments, in: folder)
    #expect(
      outcome.exitCode == 0, "nnkit \(arguments.joined(separator: " ")): \(outcome.errors)",
      sourceLocation: sourceLocation)
    return outcome
  }

  /// What `nnkit` prints with `--json`, which must be one object.
  static func json(
    _ arguments: [String], in folder: TemporaryFolder, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String: Any] {
    try JSON.object(succeed(arguments + ["--json"], in: folder, sourceLocation: sourceLocation).output)
  }
}
