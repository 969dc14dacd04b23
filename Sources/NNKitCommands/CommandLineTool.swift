import ArgumentParser
import Formatting

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
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs one command line and returns its exit code.
  static func run(_ arguments: [String]) -> Int32 {
    do {
      try checkCommandName(arguments)
      var command = try NNKitCommand.parseAsRoot(arguments)
      try command.run()
      return ExitStatus.success
    } catch let code as ExitCode {
      return code.rawValue
    } catch {
      let isDiff = arguments.first { !$0.hasPrefix("-") } == DiffCommand.configuration.commandName
      return report(error, isDiff: isDiff, arguments: arguments)
    }
  }

  /// A word that is no command would otherwise be called an unexpected argument.
  private static func checkCommandName(_ arguments: [String]) throws {
    let names = NNKitCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let name = arguments.first, !name.hasPrefix("-"), name != "help", !names.contains(name) else { return }
    let close = names.first { $0.lowercased().hasPrefix(name.lowercased().prefix(3)) }
    throw CommandFailure.usage(
      "there is no command \(name.debugDescription)\(close.map { "; did you mean \($0)?" } ?? ":") "
        + "The commands are \(names.joined(separator: ", ")); see nnkit --help")
  }

  private static func report(_ error: any Error, isDiff: Bool, arguments: [String]) -> Int32 {
    if error is CleanExit || NNKitCommand.exitCode(for: error) == .success {
      let message = NNKitCommand.fullMessage(for: error)
      // Versions and completion scripts come this way too, and have no place for an example.
      let example = message.hasPrefix("OVERVIEW:") ? Example.of(arguments) : ""
      guard (try? Terminal.output(example + message + "\n")) == nil else { return ExitStatus.success }
      return isDiff ? ExitStatus.trouble : ExitStatus.inputOutput
    }
    let usage = NNKitCommand.exitCode(for: error) == .validationFailure
    let failure = CommandFailure(error)
    // Ends as programs do whose reader has seen enough, without a word.
    if failure.isBrokenPipe { ProcessStart.endByBrokenPipe() }
    Terminal.logLine("nnkit: " + (usage ? usageMessage(error) : Text.escaped(failure.message)))
    for line in failure.exhibit { Terminal.logLine("  " + Text.escaped(line)) }
    if isDiff { return ExitStatus.trouble }
    return usage ? ExitStatus.usage : failure.exitCode
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

/// The root of all commands.
struct NNKitCommand: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "nnkit",
    abstract: "Train small neural networks on IDX files; keep, inspect, compare and run them.",
    version: "nnkit \(version)",
    subcommands: [
      TrainCommand.self, InspectCommand.self, DiffCommand.self, PredictCommand.self, ConvertCommand.self,
      VerifyCommand.self, LandscapeCommand.self,
    ])
}

/// What a help page starts with.
enum Example {
  private static let lines = [
    "train": "nnkit train samples/digits --hidden 64 --epochs 20 --output digits.nnk",
    "inspect": "nnkit inspect digits.nnk",
    "diff": "nnkit diff before.nnk after.nnk",
    "predict": "nnkit predict digits.nnk images.gz --labels labels.gz > predictions.csv",
    "convert": "nnkit convert digits.nnk digits.safetensors",
    "verify": "nnkit verify digits.nnk",
    "landscape": "nnkit landscape digits.nnk samples/digits --html landscape.html",
  ]

  /// The example for the command that the arguments name, or for all of them.
  static func of(_ arguments: [String]) -> String {
    if let name = arguments.first(where: { lines[$0] != nil }), let line = lines[name] {
      return "EXAMPLE: \(line)\n\n"
    }
    let all = ["train", "inspect", "diff", "predict", "convert", "verify", "landscape"].compactMap { lines[$0] }
    return "EXAMPLE:\n" + all.map { "  \($0)\n" }.joined() + "\n"
  }
}
