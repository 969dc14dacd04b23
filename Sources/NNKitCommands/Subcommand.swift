import ArgumentParser

/// A command of nnkit, such as `nnkit inspect`. `NNKitCommand.commands` lists them.
protocol Subcommand: ParsableCommand {
  /// The command line that its help page starts with.
  static var example: String { get }

  /// The arguments, without the command's name, in a form that the parser takes.
  static func prepared(_ arguments: [String]) -> [String]

  /// The exit code for a failure in this command, given the one of the contract for all commands.
  static func exitCode(for code: Int32) -> Int32
}

extension Subcommand {
  static var name: String { configuration.commandName ?? "" }

  static func prepared(_ arguments: [String]) -> [String] { arguments }

  static func exitCode(for code: Int32) -> Int32 { code }
}
