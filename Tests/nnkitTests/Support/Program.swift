import Foundation
import TestSupport

/// Runs the program under test, as a user does.
enum Program {
  /// The one that was built with the tests, unless `NNKIT_PROGRAM` is the path of another, such as a release build.
  static let path = ProcessInfo.processInfo.environment["NNKIT_PROGRAM"] ?? Execution.path(ofProgram: "nnkit")
  static let commands = [
    "train", "inspect", "diff", "git-diff", "predict", "convert", "verify", "digest", "edit", "landscape",
  ]

  /// Runs `nnkit`.
  ///
  /// - Parameters:
  ///   - input: a file to read as standard input.
  ///   - environment: variables to set; colour and terminal are set to a known state first.
  ///   - observe: called whenever the process has written something.
  @discardableResult
  static func run(
    _ arguments: [String], input: String = "/dev/null", environment: [String: String] = [:],
    in folder: TemporaryFolder, timeLimit: Duration = .seconds(60), observe: (Execution.Running) -> Void = { _ in }
  ) throws -> Outcome {
    try Execution.run(
      path, arguments, input: input, environment: variables(environment), in: folder.path, timeLimit: timeLimit,
      observe: observe)
  }

  /// Runs a line of shell with `nnkit` and `$nnkit` as the program and `$digits` as the folder of samples.
  static func shell(
    _ line: String, environment: [String: String] = [:], in folder: TemporaryFolder
  ) throws -> Outcome {
    var environment = environment
    environment["nnkit"] = path
    let others = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    environment["PATH"] = URL(fileURLWithPath: path).deletingLastPathComponent().path + ":" + others
    environment["digits"] = Digits.folder
    return try Execution.run(
      "/bin/sh", ["-c", line], environment: variables(environment), in: folder.path, timeLimit: .seconds(60))
  }

  /// The variables of this process, with colour and terminal in a known state, and `changes`.
  private static func variables(_ changes: [String: String]) -> [String: String] {
    var variables = ProcessInfo.processInfo.environment
    variables["NO_COLOR"] = nil
    variables["COLUMNS"] = nil
    variables["TERM"] = "xterm-256color"
    variables.merge(changes) { _, new in new }
    return variables
  }
}
