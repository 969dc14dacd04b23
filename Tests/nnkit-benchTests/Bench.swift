import TestSupport

/// Runs the program under test, as a user does.
enum Bench {
  private static let path = Execution.path(ofProgram: "nnkit-bench")

  /// Runs `nnkit-bench` to its end.
  static func run(_ arguments: [String]) throws -> Outcome {
    try Execution.run(path, arguments, in: "/", timeLimit: .seconds(600))
  }
}
