import TestSupport
import Testing

/// `--help` and `--version`: standard output, exit code 0.
struct HelpTests {
  private func output(_ arguments: [String]) throws -> String {
    let outcome = try Program.run(arguments, in: try TemporaryFolder())
    #expect(outcome.exitCode == 0)
    #expect(outcome.standardError.isEmpty)
    return outcome.output
  }

  @Test(arguments: Program.commands)
  func everyCommandStartsWithAnExampleOfItself(command: String) throws {
    let help = try output([command, "--help"])
    #expect(help.hasPrefix("EXAMPLE: nnkit \(command) "))
    #expect(help.contains("USAGE: nnkit \(command) "))
    #expect(help.contains("--json") && help.contains("--color"))
    #expect(try output([command, "-h"]) == help)
    #expect(try output(["help", command]) == help)
  }

  @Test func theProgramStartsWithExamplesToo() throws {
    let help = try output(["--help"])
    #expect(help.hasPrefix("EXAMPLE"))
    for command in Program.commands {
      #expect(help.contains("nnkit \(command) "))
    }
    #expect(try output([]) == help)
  }

  /// The words of a help text, without the commas between the names of one option.
  private func names(in help: String) -> Set<Substring> {
    Set(help.split { $0.isWhitespace || $0 == "," })
  }

  @Test func theOptionsOfTheContractAreThere() throws {
    let train = try output(["train", "--help"])
    for option in [
      "output", "images", "labels", "test-images", "test-labels", "hidden", "activation", "loss", "optimizer",
      "learning-rate", "batch-size", "epochs", "iterations", "sampling", "initializer", "validation-split",
      "seed", "threads", "force", "quiet", "json", "momentum", "weight-decay", "schedule", "warm-up", "clip-norm",
      "clip-value", "early-stopping", "save-every",
    ] {
      #expect(names(in: train).contains("--\(option)"), "\(option)")
    }
    let predict = try output(["predict", "--help"])
    for option in ["labels", "format", "top", "output", "report", "force", "json"] {
      #expect(names(in: predict).contains("--\(option)"), "\(option)")
    }
  }

  @Test func versionIsOneLine() throws {
    let words = try output(["--version"]).split(separator: " ")
    #expect(words.count == 2 && words.first == "nnkit")
    #expect(words.last?.split(separator: ".").count == 3)
  }

  @Test func completionScriptsAreNothingButScripts() throws {
    #expect(!(try output(["--generate-completion-script", "bash"])).contains("EXAMPLE"))
  }
}
