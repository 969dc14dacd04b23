import Foundation
import Testing

/// How a run of a program ended, and what it wrote.
struct Outcome {
  let exitCode: Int32?
  /// The signal that ended it.
  let signal: Int32?
  let standardOutput: [UInt8]
  let standardError: [UInt8]

  var output: String { String(decoding: standardOutput, as: UTF8.self) }
  var errors: String { String(decoding: standardError, as: UTF8.self) }
  var outputLines: [String] { Outcome.lines(output) }
  var errorLines: [String] { Outcome.lines(errors) }

  /// The lines of a text that ends with a line feed.
  private static func lines(_ text: String) -> [String] {
    var lines = text.components(separatedBy: "\n")
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}

/// Runs the program under test, as a user does.
enum Program {
  struct TimeLimitExceeded: Error {
    let arguments: [String]
    let output: String
    let errors: String
  }

  struct NotBuilt: Error {
    let path: String
  }

  /// A running process, as seen by `observe`.
  struct Running {
    let process: ChildProcess
    let collected: OutputCollector

    var errors: String { String(decoding: collected.standardError, as: UTF8.self) }
  }

  private final class Token {}

  /// `nnkit` lies beside the tests.
  static let path: String = {
    #if canImport(Darwin)
      let tests = Bundle(for: Token.self).bundleURL
    #else
      let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    #endif
    return tests.deletingLastPathComponent().appendingPathComponent("nnkit").path
  }()

  /// Runs `nnkit`.
  ///
  /// - Parameters:
  ///   - input: a file to read as standard input.
  ///   - environment: variables to set; colour and terminal are set to a known state first.
  ///   - observe: called whenever the process has written something.
  @discardableResult
  static func run(
    _ arguments: [String], input: String = "/dev/null", environment: [String: String] = [:],
    in folder: TemporaryFolder, timeLimit: Duration = .seconds(60), observe: (Running) -> Void = { _ in }
  ) throws -> Outcome {
    guard FileManager.default.isExecutableFile(atPath: path) else { throw NotBuilt(path: path) }
    return try run(
      executable: path, arguments, input: input, environment: environment, in: folder, timeLimit: timeLimit,
      observe: observe)
  }

  /// Runs a line of shell with `$nnkit` as the program and `$digits` as the folder of samples.
  static func shell(
    _ line: String, environment: [String: String] = [:], in folder: TemporaryFolder
  ) throws -> Outcome {
    var environment = environment
    environment["nnkit"] = path
    environment["digits"] = Digits.folder
    return try run(
      executable: "/bin/sh", ["-c", line], input: "/dev/null", environment: environment, in: folder,
      timeLimit: .seconds(60), observe: { _ in })
  }

  private static func run(
    executable: String, _ arguments: [String], input: String, environment: [String: String],
    in folder: TemporaryFolder, timeLimit: Duration, observe: (Running) -> Void
  ) throws -> Outcome {
    var variables = ProcessInfo.processInfo.environment
    variables["NO_COLOR"] = nil
    variables["TERM"] = "xterm-256color"
    variables.merge(environment) { _, new in new }
    let process = try ChildProcess(
      executable: executable, arguments: arguments, environment: variables, folder: folder.path, input: input)
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
