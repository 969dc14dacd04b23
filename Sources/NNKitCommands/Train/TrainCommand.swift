import ArgumentParser
import BinaryIO
import Formatting
import ModelFormat
import NetworkStorage
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
      Keep the model of the start and after every n-th epoch as well, beside --output: digits-epoch-0000.nnk and so on \
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
        throw ValidationError("--save-every must lie in 1...\(Int32.max), not \(saveEvery)")
      }
      if output == "-" { throw ValidationError("--save-every saves beside --output: give that a file, not -") }
    }
  }

  func run() throws {
    try FileSystem.checkWritable(output, replacing: force)
    let paths = try files.paths(folder: data)
    try OutputCheck.checkInputsAreKept("--output", output, inputs: paths.all)
    if output == "-", Terminal.standardOutputIsTerminal {
      throw CommandFailure.usage(
        "a model is binary: give --output a file, or send standard output somewhere else")
    }
    let sources = try paths.load()
    let seed = training.seed ?? UInt64.random(in: 0...UInt64(Int64.max))
    let plan = try TrainingPlan(
      sources, preparation: preparation, network: network, training: training, seed: seed)
    let checkpoints = try saveEvery.map { interval in
      let places = CheckpointPaths(output: output, interval: interval, epochs: plan.epochCount)
      try places.check(output: output, inputs: paths.all, replacing: force)
      return Checkpoints(places, replacing: force)
    }
    let reporter: any TrainingReporter =
      outputOptions.json
      ? JSONReporter()
      : TextReporter(
        isQuiet: quiet,
        isTerminal: Terminal.standardErrorIsTerminal && Terminal.environment("TERM") != "dumb",
        style: outputOptions.style(isTerminal: Terminal.standardErrorIsTerminal))
    try train(plan, checkpoints, reporter)
  }

  private func train(_ plan: TrainingPlan, _ checkpoints: Checkpoints?, _ reporter: any TrainingReporter) throws {
    var checkpoints = checkpoints
    // Data, loss and network may still turn out not to fit: before anything is said of the run.
    let trainer = try plan.makeTrainer()
    try reporter.started(plan)
    Interruption.install()
    var records: [EpochRecord] = []
    var curve: LossCurve?
    var failure: (any Error)?
    // The network is copied for a model that is saved, and for no other.
    func keep(_ network: @autoclosure () -> Network<Float>) {
      checkpoints?.save(afterEpoch: records.count) {
        try plan.model(of: network(), records: records, curve: curve, outcome: .finished, bestEpoch: nil)
      }
    }
    keep(plan.network)
    if let failure = checkpoints?.failure { throw failure }
    let outcome = try trainer.run(
      progress: { progress in
        if curve == nil { curve = LossCurve(iterations: progress.totalIterations) }
        curve?.add(progress.loss)
        reporter.progressed(progress)
      },
      epochEnded: { record in
        records.append(record)
        keep(trainer.network)
        do { try reporter.epochEnded(record, of: plan) } catch { failure = failure ?? error }
      },
      shouldStop: { Interruption.isRequested })
    if case .diverged(let epoch, let iteration, let loss) = outcome {
      // A mini-batch whose loss is not finite changes no weight.
      let hasLearned = iteration > 1 || trainer.network.parameters != plan.network.parameters
      let saved = checkpoints?.saved.last.map { "\($0) is the last model that was saved" } ?? "nothing was saved"
      let place = "epoch \(epoch), mini-batch \(iteration)"
      throw CommandFailure.badData(
        "the loss or a weight became \(Text.nonFinite(loss)) in \(place)\(hasLearned ? "" : ", before any weight had changed"); "
          + "\(saved). \(plan.advice(onDivergenceAfterLearning: hasLearned))")
    }
    let interrupted = if case .stopped = outcome { true } else { false }
    let bestEpoch = interrupted ? nil : trainer.bestEpoch
    let model = try plan.model(
      of: trainer.network, records: records, curve: curve, outcome: outcome, bestEpoch: bestEpoch)
    try model.save(to: output, replacing: force)
    // What was learned is safe now; only then does it matter that nobody may be listening any more.
    if let failure = failure ?? checkpoints?.failure { throw failure }
    try reporter.ended(
      output: output, records: records, curve: curve, plan: plan, interrupted: interrupted, bestEpoch: bestEpoch,
      checkpoints: checkpoints?.saved)
    if interrupted { throw ExitCode(ExitStatus.interrupted) }
  }
}
