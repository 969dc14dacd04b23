import Foundation

/// Programs, run as a user runs them.
package enum Execution {
  package struct TimeLimitExceeded: Error {
    package let arguments: [String]
    package let output: String
    package let errors: String
  }

  package struct NotBuilt: Error {
    package let path: String
  }

  /// A running process, as seen by `observe`.
  package struct Running {
    package let process: ChildProcess
    package let collected: OutputCollector

    package var errors: String { String(decoding: collected.standardError, as: UTF8.self) }
  }

  private final class Token {}

  /// The path of a program of this package: it is next to the tests.
  package static func path(ofProgram name: String) -> String {
    #if canImport(Darwin)
      let tests = Bundle(for: Token.self).bundleURL
    #else
      let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    #endif
    return tests.deletingLastPathComponent().appendingPathComponent(name).path
  }

  /// Runs a program to its end, or until the time is over.
  ///
  /// - Parameters:
  ///   - input: a file to read as standard input.
  ///   - observe: called whenever the process has written something.
  /// - Throws: `NotBuilt` where there is no such program, `TimeLimitExceeded`, and `ChildProcess.Failure`.
  package static func run(
    _ executable: String, _ arguments: [String], input: String = "/dev/null",
    environment: [String: String] = ProcessInfo.processInfo.environment, in folder: String,
    timeLimit: Duration, observe: (Running) -> Void = { _ in }
  ) throws -> Outcome {
    guard FileManager.default.isExecutableFile(atPath: executable) else { throw NotBuilt(path: executable) }
    let process = try ChildProcess(
      executable: executable, arguments: arguments, environment: environment, folder: folder, input: input)
    defer {
      close(process.standardOutput)
      close(process.standardError)
    }
    var collector = OutputCollector()
    let ended = collector.collect(from: process, timeLimit: timeLimit) { collected in
      observe(Running(process: process, collected: collected))
    }
    if !ended { process.send(SIGKILL) }
    let (exitCode, signal) = try process.wait()
    let outcome = Outcome(
      exitCode: exitCode, signal: signal, standardOutput: collector.standardOutput,
      standardError: collector.standardError)
    guard ended else {
      throw TimeLimitExceeded(arguments: arguments, output: outcome.output, errors: outcome.errors)
    }
    return outcome
  }
}
