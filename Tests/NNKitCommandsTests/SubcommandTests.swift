import Testing

@testable import NNKitCommands

/// What commands bring along themselves.
struct SubcommandTests {
  @Test func everyCommandHasANameAndAnExampleOfItsOwn() {
    let commands = NNKitCommand.commands
    #expect(Set(commands.map { $0.name }).count == commands.count)
    for command in commands {
      #expect(!command.name.isEmpty && command.example.hasPrefix("nnkit \(command.name) "), "\(command)")
    }
  }

  @Test func helpPagesShowTheExampleOfTheirCommandOrOfAll() {
    #expect(NNKitCommand.examples(for: ["help", "verify"]) == "EXAMPLE: nnkit verify digits.nnk\n\n")
    let all = NNKitCommand.examples(for: ["--help"])
    #expect(NNKitCommand.commands.allSatisfy { all.contains("  \($0.example)\n") })
  }

  /// 1 says that models differ, so that nothing else may end with it, nor with 0.
  @Test(arguments: [ExitStatus.usage, ExitStatus.badData, ExitStatus.missingInput, ExitStatus.inputOutput])
  func failuresOfDiffAreTroubleAndThoseOfOthersAreWhatTheyAre(code: Int32) {
    for command in NNKitCommand.commands {
      #expect(command.exitCode(for: code) == (command.name == "diff" ? ExitStatus.trouble : code), "\(command)")
    }
  }
}
