import ArgumentParser
import Formatting

/// An option that the command of a command line does not have.
///
/// The parser suggests whatever is spelled alike, `--force` for `--format`: a hint that replaces files when it is
/// followed. So this has its own.
struct UnknownOption {
  /// As it was given, with its dashes.
  let name: String

  /// nil where the message of the parser is about something else.
  init?(message: String) {
    let beginning = "Unknown option '"
    guard message.hasPrefix(beginning) else { return nil }
    name = String(message.dropFirst(beginning.count).prefix { $0 != "'" })
  }

  /// What is wrong, and what was perhaps meant.
  ///
  /// - Parameter command: the one whose option it was to be; nil for those of the program.
  func message(for command: (any Subcommand.Type)?) -> String {
    let own = command.map { UnknownOption.options(of: $0) } ?? []
    let whole = "Unknown option '\(Text.short(name))'"
    // Nothing that replaces files is worth guessing.
    let harmless = own.filter { $0 != "--force" }.map { String($0.dropFirst(2)) }
    if let meant = SimilarWord.nearest(to: String(name.drop { $0 == "-" }), among: harmless) {
      return whole + ". Did you mean '--\(meant)'?"
    }
    let others = NNKitCommand.commands.filter { UnknownOption.options(of: $0).contains(name) }.map { $0.name }
    let isOfOthers = others.isEmpty ? "" : "; it is an option of \(others.joined(separator: ", "))"
    let isForm = name == "--format" && own.contains("--json")
    return whole + isOfOthers + (isForm ? "; this command prints text, or JSON with --json" : "")
  }

  /// The long options of a command, as its help page lists them.
  private static func options(of command: any Subcommand.Type) -> [String] {
    NNKitCommand.helpMessage(for: command, columns: 1000).split(separator: "\n").flatMap { line in
      // `  -o, --output <file>   Where predictions go.`
      guard line.hasPrefix("  -") else { return [String]() }
      return line.split(separator: " ").prefix { $0.hasPrefix("-") || $0.hasPrefix("<") || $0 == "/" }
        .filter { $0.hasPrefix("--") }.map { String($0.prefix { $0 != "," }) }
    }
  }
}
