import ArgumentParser
import ModelExchange
import ModelFormat
import Testing

@testable import NNKitCommands
@testable import Stress

/// What the stress tests are about. That they find what they look for is up to `Tests/stress.sh`.
struct CoverageTests {
  @Test func everyCommandAndEveryFormatIsAsked() {
    #expect(Coverage.gaps(commands: NNKitCommand.commands.map { $0.name }, formats: ModelFiles.formats) == [])
  }

  @Test func aNewCommandIsMissed() {
    let gaps = Coverage.gaps(commands: NNKitCommand.commands.map { $0.name } + ["prune"], formats: ModelFiles.formats)
    #expect(gaps == ["the command prune is not in Tests/Stress/Commands/CommandCase.swift"])
  }

  @Test func aFormatThatIsGoneIsNoticed() {
    #expect(
      Coverage.gaps(commands: NNKitCommand.commands.map { $0.name }, formats: [.nnk]).sorted()
        == ModelFiles.formats.filter { $0 != .nnk }.map { "there is no format \($0.name)" }.sorted())
  }

  @Test func helpListsTheCommands() {
    let names = NNKitCommand.commands.map { $0.name }
    #expect(Coverage.commands(inHelp: NNKitCommand.helpMessage()) == names)
  }

  @Test func questionsHaveNamesOfTheirOwnAndGrow() {
    let questions = Question.all
    #expect(Set(questions.map(\.name)).count == questions.count)
    #expect(questions.allSatisfy { $0.quick <= $0.largest && $0.quick >= 4 })
  }
}
