import Foundation
import TestSupport
import Testing

/// Colour and redrawing: on a terminal that can show them, or where asked for, and nowhere else.
struct TerminalTests {
  private let folder: TemporaryFolder
  private let escape = "\u{1B}["

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "model.nnk")
  }

  private var commands: [[String]] {
    [
      ["inspect", "model.nnk"], ["diff", "model.nnk", "model.nnk"],
      ["predict", "model.nnk", Digits.testImages, "--labels", Digits.testLabels],
      ["train", Digits.folder, "--epochs", "1", "--seed", "1", "--force", "--output", "new.nnk"],
    ]
  }

  @Test func noEscapeSequencesWithoutATerminal() throws {
    for arguments in commands {
      for options in [[], ["--color", "auto"], ["--color", "never"]] {
        let outcome = try Program.succeed(arguments + options, in: folder)
        #expect(!(outcome.output + outcome.errors).contains("\u{1B}"), "\(arguments[0]) \(options)")
      }
    }
  }

  @Test func colourIsShownWhereAskedFor() throws {
    for arguments in commands {
      let outcome = try Program.run(arguments + ["--color", "always"], in: folder)
      #expect((outcome.output + outcome.errors).contains(escape), "\(arguments[0])")
    }
  }

  @Test func jsonIsNeverColoured() throws {
    for arguments in commands {
      let outcome = try Program.run(arguments + ["--json", "--color", "always"], in: folder)
      #expect(!outcome.output.contains("\u{1B}"), "\(arguments[0])")
    }
  }

  /// What appears on a terminal.
  private func terminal(_ command: String, environment: [String: String] = [:]) throws -> String {
    let outcome = try Program.shell(
      "script --quiet --return --command \"'$nnkit' \(command)\" /dev/null", environment: environment,
      in: folder)
    #expect(outcome.exitCode == 0, "\(outcome.output) \(outcome.errors)")
    return outcome.output
  }

  @Test(.enabled(if: FileSystemFacts.hasTerminal))
  func colourOnATerminalUnlessSwitchedOff() throws {
    #expect(try terminal("inspect model.nnk").contains(escape))
    #expect(try terminal("inspect model.nnk", environment: ["NO_COLOR": ""]).contains(escape))
    #expect(try !terminal("inspect model.nnk", environment: ["NO_COLOR": "1"]).contains("\u{1B}"))
    #expect(try !terminal("inspect model.nnk", environment: ["TERM": "dumb"]).contains("\u{1B}"))
    #expect(try !terminal("inspect model.nnk --color never").contains("\u{1B}"))
  }

  @Test(.enabled(if: FileSystemFacts.hasTerminal))
  func progressIsRedrawnAtMostTenTimesASecond() throws {
    let command = "train '$digits' --hidden 1000,1000 --batch-size 32 --epochs 2 --force --output new.nnk"
    let clock = ContinuousClock()
    var text = ""
    let elapsed = try clock.measure { text = try terminal(command) }
    let draws = text.components(separatedBy: "samples/s  ").dropFirst().count { $0.contains(" left") }
    #expect(draws >= 1)
    #expect(Double(draws) <= 10 * (elapsed / .seconds(1)) + 1)
    // One line per epoch stays.
    #expect(text.components(separatedBy: "/2  loss ").count == 3)
  }

  @Test(.enabled(if: FileSystemFacts.hasTerminal))
  func aDumbTerminalGetsLinesOnly() throws {
    let command = "train '$digits' --hidden 1000,1000 --batch-size 32 --epochs 2 --force --output new.nnk"
    let text = try terminal(command, environment: ["TERM": "dumb"])
    // The terminal itself turns each line feed into a carriage return and a line feed.
    #expect(!text.replacingOccurrences(of: "\r\n", with: "\n").contains("\r"))
    #expect(!text.contains("\u{1B}"))
  }

  @Test(.enabled(if: FileSystemFacts.hasTerminal))
  func binaryDataAreKeptFromATerminal() throws {
    let outcome = try Program.shell(
      """
      script --quiet --return --command "'$nnkit' predict model.nnk '$digits/t10k-images-idx3-ubyte.gz' --format idx" \
        /dev/null
      """, in: folder)
    #expect(outcome.exitCode == 64)
    #expect(outcome.output.contains("--output"))
  }
}
