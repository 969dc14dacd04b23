import Foundation
import TestSupport
import Testing

/// Runs the program under test, as a user does.
enum Bench {
  private static let path = Execution.path(ofProgram: "nnkit-bench")

  /// Runs `nnkit-bench` to its end.
  static func run(_ arguments: [String]) throws -> Outcome {
    try Execution.run(path, arguments, in: "/", timeLimit: .seconds(600))
  }

  /// The report of a run that must succeed, and print one line of JSON and nothing else.
  static func report(_ arguments: [String]) throws -> [String: Any] {
    let outcome = try run(arguments)
    #expect(outcome.errors == "")
    #expect(outcome.exitCode == 0)
    #expect(outcome.output.hasSuffix("}\n") && outcome.output.count { $0 == "\n" } == 1)
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }
}
