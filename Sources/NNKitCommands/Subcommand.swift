import ArgumentParser

/// A command of nnkit, such as `nnkit inspect`. `NNKitCommand.commands` lists them.
protocol Subcommand: ParsableCommand {
  /// The command line that its help page starts with.
  static var example: String { get }

  /// The arguments, without the command's name, in a form that the parser takes.
  static func prepared(_ arguments: [String]) -> [String]

  /// A command line of it with a file where such a file belongs; nil where it takes none.
  static func commandLine(with file: MisplacedFile) -> String?

  /// The exit code for a failure in this command, given the one of the contract for all commands.
  static func exitCode(for code: Int32) -> Int32
}

extension Subcommand {
  static var name: String { configuration.commandName ?? "" }

  static func prepared(_ arguments: [String]) -> [String] { arguments }

  static func commandLine(with file: MisplacedFile) -> String? { nil }

  static func exitCode(for code: Int32) -> Int32 { code }
}
