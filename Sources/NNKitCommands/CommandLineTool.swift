import ArgumentParser
import Formatting
import MachineLimits

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The `nnkit` command.
public enum CommandLineTool {
  /// Runs the command line of this process and ends it with the exit code of the contract.
  public static func main() -> Never {
    ProcessStart.prepare()
    ProcessStart.runWithAmpleStack { exit(run(Array(CommandLine.arguments.dropFirst()))) }
    exit(ExitStatus.internalError)
  }

  /// Runs one command line and returns its exit code.
  static func run(_ arguments: [String]) -> Int32 {
    do {
      try ProcessShortage.check()
      try checkCommandName(arguments)
      var command = try NNKitCommand.parseAsRoot(NNKitCommand.prepared(arguments))
      try command.run()
      return ExitStatus.success
    } catch let code as ExitCode {
      return code.rawValue
    } catch {
      let name = arguments.first { !$0.hasPrefix("-") }
      let command = NNKitCommand.commands.first { $0.name == name }
      return report(error, arguments: arguments) { command?.exitCode(for: $0) ?? $0 }
    }
  }

  /// A word that is no command would otherwise be called an unexpected argument.
  private static func checkCommandName(_ arguments: [String]) throws {
    let names = NNKitCommand.commands.map { $0.name }
    guard let name = arguments.first, !name.hasPrefix("-"), name != "help", !names.contains(name) else { return }
    let close = names.first { $0.lowercased().hasPrefix(name.lowercased().prefix(3)) }
    throw CommandFailure.usage(
      "there is no command \(name.debugDescription)\(close.map { "; did you mean \($0)? The" } ?? "; the") "
        + "commands are \(names.joined(separator: ", ")); see nnkit --help")
  }

  /// Says what there is to say, and returns the exit code.
  ///
  /// - Parameter exitCode: what a command makes of the code for all commands.
  private static func report(_ error: any Error, arguments: [String], exitCode: (Int32) -> Int32) -> Int32 {
    if error is CleanExit || NNKitCommand.exitCode(for: error) == .success {
      let message = NNKitCommand.fullMessage(for: error)
      // Versions and completion scripts come this way too, and have no place for an example.
      let example = message.hasPrefix("OVERVIEW:") ? NNKitCommand.examples(for: arguments) : ""
      guard (try? Terminal.output(example + message + "\n")) == nil else { return ExitStatus.success }
      return exitCode(ExitStatus.inputOutput)
    }
    let usage = NNKitCommand.exitCode(for: error) == .validationFailure
    let failure = CommandFailure(error)
    // Ends without a word, as programs do whose reader has gone away.
    if failure.isBrokenPipe { ProcessStart.endByBrokenPipe() }
    Terminal.logLine("nnkit: " + (usage ? usageMessage(error) : Text.escaped(failure.message)))
    for line in failure.exhibit { Terminal.logLine("  " + Text.escaped(line)) }
    return exitCode(usage ? ExitStatus.usage : failure.exitCode)
  }
}

extension CommandLineTool {
  /// What is wrong with the arguments and how they should look, without the parser's own word at the beginning: all
  /// errors begin with the name of the program.
  private static func usageMessage(_ error: any Error) -> String {
    let (message, beginning) = (NNKitCommand.fullMessage(for: error), "Error: ")
    return message.hasPrefix(beginning) ? String(message.dropFirst(beginning.count)) : message
  }
}
