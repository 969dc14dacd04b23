import ArgumentParser

/// `nnkit-bench`: how fast this package is, as JSON, to be compared with what others reach on the same machine.
@main
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nnkit-bench", abstract: "Measure how fast models are saved, loaded, looked at and trained.",
    subcommands: [FormatCommand.self, TrainCommand.self])
}
