import ArgumentParser
import NetworkRuns

/// The root of all commands.
struct NNKitCommand: ParsableCommand {
  /// All commands, in the order in which help pages list them.
  static var commands: [any Subcommand.Type] {
    [
      TrainCommand.self, InspectCommand.self, DiffCommand.self, GitDiffCommand.self, PredictCommand.self,
      ConvertCommand.self,
      VerifyCommand.self, DigestCommand.self, EditCommand.self, LandscapeCommand.self,
    ]
  }

  static let configuration = CommandConfiguration(
    commandName: "nnkit",
    abstract: "Train small neural networks on IDX files; keep, inspect, compare and run them.",
    version: Toolkit.generator,
    subcommands: commands)

  /// The arguments in a form that the parser takes.
  static func prepared(_ arguments: [String]) -> [String] {
    guard let command = commands.first(where: { $0.name == arguments.first }) else { return arguments }
    return arguments.prefix(1) + command.prepared(Array(arguments.dropFirst()))
  }

  /// What a help page starts with: the example of the command that the arguments name, or those of all of them.
  static func examples(for arguments: [String]) -> String {
    for argument in arguments {
      if let command = commands.first(where: { $0.name == argument }) { return "EXAMPLE: \(command.example)\n\n" }
    }
    return "EXAMPLE:\n" + commands.map { "  \($0.example)\n" }.joined() + "\n"
  }
}
