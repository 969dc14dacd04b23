import ArgumentParser
import BinaryIO
import Formatting
import ModelFormat
import NetworkRuns
import NeuralNetwork

/// `nnkit train`
struct TrainCommand: Subcommand {
  static let example = "nnkit train samples/digits --hidden 64 --epochs 20 --output digits.nnk"

  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a network on IDX images and labels, or on inputs and numbers, and save it with its history.",
    discussion: """
      DATA is a folder with train-images*, train-labels* and optionally t10k-* or test-* IDX files, gzip-compressed or \
      not; inputs and targets will do for images and labels. Integer labels are classes; float32 or float64 ones are \
      the targets of a regression, one or more numbers for each sample, and the network then ends in as many outputs. \
      The same data, options, seed and number of threads give the same weights on the same machine. Ctrl-C finishes the \
      mini-batch, saves what has been learned, and exits with 130; a second one stops at once and saves no more. SIGTERM \
      and SIGHUP count as Ctrl-C.
      """)

  @Argument(help: ArgumentHelp("A folder of IDX files.", valueName: "data"))
  var data: String?

  @OptionGroup(title: "Files") var files: DataFileOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to save the model; - is standard output.", valueName: "model"))
  var output: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Save the model before the first epoch and after every n-th as well, next to --output: digits-epoch-0000.nnk and so on \
      for digits.nnk. (default: the last alone)
      """, valueName: "n"))
  var saveEvery: Int?

  @Flag(help: "Replace models that exist.")
  var force = false

  @OptionGroup(title: "Input preparation") var preparation: PreparationOptions
  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Training") var training: TrainingOptions

  @Flag(help: "Print no progress.")
  var quiet = false

  @OptionGroup var outputOptions: OutputOptions

  func validate() throws {
    try files.validate(folder: data)
    if output == "-" && outputOptions.json {
      throw ValidationError("--json and the model cannot both go to standard output: give --output a file")
    }
    if let saveEvery {
      guard (1...Int(Int32.max)).contains(saveEvery) else {
        throw ValidationError("--save-every must be in 1...\(Int32.max), not \(saveEvery)")
      }
      if output == "-" { throw ValidationError("--save-every saves next to --output: give that a file, not -") }
    }
  }

  func run() throws {
    try FileSystem.checkWritable(output, replacing: force)
    let sources = try files.files(folder: data)
    try OutputCheck.checkInputsAreKept("--output", output, inputs: sources.paths)
    if output == "-", StandardStream.output.isTerminal {
      throw CommandFailure.usage(
        "a model is binary: give --output a file, or send standard output somewhere else")
    }
    let plan = try TrainingPlan(
      TrainingData(sources, preparation: preparation.preparation), training.settings(network))
    let checkpoints = try checkpoints(of: plan, inputs: sources.paths)
    let reporter: any TrainingReporter =
      outputOptions.json
      ? JSONReporter()
      : TextReporter(isQuiet: quiet, outputOptions.display(.error))
    // Data, loss and network may still turn out not to fit: before anything is said of the run.
    try train(TrainingRun(plan, checkpoints: checkpoints), reporter)
  }

  /// The checkpoints, if any are to be saved; refuses a run whose models would replace a file without leave, an
  /// input, or the trained model.
  private func checkpoints(of plan: TrainingPlan, inputs: [String]) throws -> Checkpoints? {
    guard let saveEvery else { return nil }
    let paths = CheckpointPaths(output: output, interval: saveEvery, epochs: plan.epochCount)
    try FileSystem.checkWritable(paths.path(ofEpoch: 0), replacing: force)
    for path in try paths.existingFiles() {
      try FileSystem.checkWritable(path, replacing: force)
      try OutputCheck.checkInputsAreKept("--save-every", path, inputs: inputs)
      try OutputCheck.checkOutputsDiffer(("--save-every", path), ("--output", output))
    }
    return Checkpoints(paths, replacing: force)
  }

  private func train(_ run: TrainingRun, _ reporter: any TrainingReporter) throws {
    try reporter.started(run.plan)
    Interruption.install()
    var failure: (any Error)?
    let trained = try run.run(
      epochEnded: { record in
        do { try reporter.epochEnded(record, of: run.plan) } catch { failure = failure ?? error }
      },
      progress: reporter.progressed, shouldStop: { Interruption.isRequested })
    try trained.model.save(to: output, replacing: force)
    // What was learned is safe now; only then does it matter that no one may be listening any more.
    if let failure = failure ?? run.checkpointFailure { throw failure }
    try reporter.ended(
      output: output, records: trained.records, curve: trained.curve, plan: run.plan,
      interrupted: trained.isInterrupted, bestEpoch: trained.bestEpoch, checkpoints: run.checkpoints?.saved)
    if trained.isInterrupted { throw ExitCode(ExitStatus.interrupted) }
  }
}
