import Formatting

/// The words of a command line that name a command.
enum CommandName {
  /// Refuses a word that is no command, after `help` too. The parser would call it an unexpected argument, or print the
  /// help of the program as if nothing were wrong.
  ///
  /// - Throws: `CommandFailure` that names the nearest command.
  static func check(_ arguments: [String]) throws {
    let names = NNKitCommand.commands.map { $0.name }
    let words = arguments.first == "help" ? arguments.dropFirst() : arguments[...]
    guard let name = words.first, !name.hasPrefix("-"), name != "help", !names.contains(name) else { return }
    let meant = SimilarWord.nearest(to: name, among: names)
    throw CommandFailure.usage(
      "there is no command \(name.debugDescription)\(meant.map { "; did you mean \($0)? The" } ?? "; the") "
        + "commands are \(names.joined(separator: ", ")); see nnkit --help")
  }
}
