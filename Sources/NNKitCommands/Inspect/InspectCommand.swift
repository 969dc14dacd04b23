import ArgumentParser

/// `nnkit inspect`
struct InspectCommand: Subcommand {
  static let example = "nnkit inspect digits.nnk"

  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Show what a model file holds: topology, weight statistics, history.")

  @Argument(help: "The model file, or - for standard input.")
  var model: String

  @Option(help: ArgumentHelp("Show one tensor only, and read no other.", valueName: "name"))
  var tensor: String?

  @Flag(help: "Leave the weights unread: fast on files of any size, and weights are not verified.")
  var noStatistics = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    let inspection = try Inspection(path: model, tensorName: tensor, withStatistics: !noStatistics)
    try output.print(inspection)
  }
}
