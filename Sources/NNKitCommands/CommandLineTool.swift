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
      try CommandName.check(arguments)
      var command = try NNKitCommand.parseAsRoot(NNKitCommand.prepared(arguments))
      try command.run()
      return ExitStatus.success
    } catch let code as ExitCode {
      return code.rawValue
    } catch {
      let name = arguments.first { !$0.hasPrefix("-") }
      let command = NNKitCommand.commands.first { $0.name == name }
      return report(error, arguments: arguments, of: command)
    }
  }

  /// Says what there is to say, and returns the exit code.
  ///
  /// - Parameter command: the one that the arguments name.
  private static func report(
    _ error: any Error, arguments: [String], of command: (any Subcommand.Type)?
  ) -> Int32 {
    func exitCode(_ code: Int32) -> Int32 { command?.exitCode(for: code) ?? code }
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
    let misplaced = command.flatMap { command in MisplacedFile(error).map { $0.message(for: command) } }
    Terminal.logLine(
      "nnkit: " + (usage ? usageMessage(error, of: command) : Text.escaped(misplaced ?? failure.message)))
    for line in failure.exhibit { Terminal.logLine("  " + Text.escaped(line)) }
    return exitCode(usage ? ExitStatus.usage : failure.exitCode)
  }
}

extension CommandLineTool {
  /// What is wrong with the arguments and how they should look, without the parser's own word at the beginning: all
  /// errors begin with the name of the program.
  private static func usageMessage(_ error: any Error, of command: (any Subcommand.Type)?) -> String {
    let (whole, beginning) = (NNKitCommand.fullMessage(for: error), "Error: ")
    let message = whole.hasPrefix(beginning) ? String(whole.dropFirst(beginning.count)) : whole
    guard let option = UnknownOption(message: message) else { return message }
    return option.message(for: command) + message.drop { $0 != "\n" }
  }
}
