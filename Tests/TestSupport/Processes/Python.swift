/// An independent oracle: scripts for `python3`.
package enum Python {
  package struct Failure: Error {
    package let exitCode: Int32?
    package let output: String
    package let errors: String
  }

  /// Whether there is a Python.
  package static let isAvailable = imports("sys")

  /// Whether Python finds these modules.
  package static func imports(_ modules: String...) -> Bool {
    (try? run(["-c", "import \(modules.joined(separator: ", "))"]))?.exitCode == 0
  }

  /// Runs `python3` to its end.
  package static func run(_ arguments: [String], in folder: String = "/") throws -> Outcome {
    // Without files of byte code, which it would leave next to scripts of the repository.
    try Execution.run("/usr/bin/env", ["python3", "-B"] + arguments, in: folder, timeLimit: .seconds(600))
  }

  /// Runs `script` with `folder` as its working folder, and returns what it prints.
  package static func run(_ script: String, in folder: TemporaryFolder) throws -> String {
    let outcome = try run(["-c", script], in: folder.path)
    guard outcome.exitCode == 0 else {
      throw Failure(exitCode: outcome.exitCode, output: outcome.output, errors: outcome.errors)
    }
    return outcome.output
  }
}
