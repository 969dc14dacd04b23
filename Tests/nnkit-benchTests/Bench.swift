import Foundation

/// Runs the program under test, as a user does.
enum Bench {
  struct Outcome {
    let exitCode: Int32
    let output: String
    let errors: String
  }

  private final class Token {}

  /// `nnkit-bench` lies beside the tests.
  private static var executable: URL {
    #if canImport(Darwin)
      let tests = Bundle(for: Token.self).bundleURL
    #else
      let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    #endif
    return tests.deletingLastPathComponent().appendingPathComponent("nnkit-bench")
  }

  /// Calls `body` with the path of a folder that is removed afterwards.
  static func withFolder(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "/nnkit-bench-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  /// Runs `nnkit-bench` to its end. Its output goes to files, which no amount of it can fill up.
  static func run(_ arguments: [String]) throws -> Outcome {
    var outcome: Outcome?
    try withFolder { folder in
      let (output, errors) = (URL(fileURLWithPath: folder + "/output"), URL(fileURLWithPath: folder + "/errors"))
      for file in [output, errors] { try Data().write(to: file) }
      let process = Process()
      process.executableURL = executable
      process.arguments = arguments
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
      process.waitUntilExit()
      outcome = Outcome(
        exitCode: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
        errors: try String(contentsOf: errors, encoding: .utf8))
    }
    guard let outcome else { throw CocoaError(.fileReadUnknown) }
    return outcome
  }
}
