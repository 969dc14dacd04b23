public import ArgumentParser
import BinaryIO
public import ModelFormat
import Threads

/// `nnkit-bench format`
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "format", abstract: "Size, and speed of saving, loading, listing and statistics.",
    discussion: """
      Prints one line of JSON. Speeds are raw bytes of weights per second, 1 MB = 1,000,000 bytes; every number is \
      the best of several runs. Saving is durable: the file has reached the disk when it counts as saved. Loading \
      verifies every checksum, and what was loaded is compared with what was saved.
      """)

  @Argument(help: ArgumentHelp("The model whose weights are used, .safetensors or .nnk.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("How often everything is run.", valueName: "n"))
  var repeats = 3

  @Option(
    help: ArgumentHelp("The threads of what is not measured on one. (default: one per processor)", valueName: "n"))
  var threads: Int?

  @Option(
    help: ArgumentHelp("Where the file that is measured is written. (default: $TMPDIR, or /tmp)", valueName: "dir"))
  var folder: String?

  @Option(help: ArgumentHelp("How small to make it: \(Compression.names).", valueName: "level"))
  var compression = Compression.default

  func validate() throws {
    guard repeats >= 1 else { throw ValidationError("--repeats must be at least 1") }
    guard threads ?? 1 >= 1 else { throw ValidationError("--threads must be at least 1") }
    if let folder, !FileSystem.isFolder(folder) { throw ValidationError("\(folder) is not a folder") }
  }

  func run() throws {
    let benchmark = FormatBenchmark(
      stopwatch: Stopwatch(repeats: repeats), compression: compression, threads: threads ?? Processors.count,
      file: ScratchFile(in: folder, suffix: ".nnk"))
    print(try benchmark.report(on: file).line)
  }
}

extension Compression: ExpressibleByArgument {
  fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
