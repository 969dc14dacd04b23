import ArgumentParser
import NetworkRuns
import NeuralNetwork

/// Where training and test data come from.
struct DataFileOptions: ParsableArguments {
  @Option(
    name: [.long, .customLong("inputs")],
    help: ArgumentHelp("Training images or other samples, instead of a folder.", valueName: "file"))
  var images: String?

  @Option(
    name: [.long, .customLong("targets")],
    help: ArgumentHelp(
      "Training labels, instead of a folder: integers are classes, floating-point numbers the targets of a regression.",
      valueName: "file"))
  var labels: String?

  @Option(
    name: [.long, .customLong("test-inputs")],
    help: ArgumentHelp("Test images, evaluated after each epoch.", valueName: "file"))
  var testImages: String?

  @Option(
    name: [.long, .customLong("test-targets")], help: ArgumentHelp("Test labels.", valueName: "file"))
  var testLabels: String?

  func validate(folder: String?) throws {
    let single = [images, labels, testImages, testLabels]
    if folder != nil, single.contains(where: { $0 != nil }) {
      throw ValidationError("give either a folder or --images and --labels, not both")
    }
    if folder == nil, images == nil || labels == nil {
      throw ValidationError("give a folder with IDX files, or both --images and --labels")
    }
    if single.count(where: { $0 == "-" }) > 1 { throw ValidationError("only one input can be -") }
    if (testImages == nil) != (testLabels == nil) {
      throw ValidationError("--test-images and --test-labels go together")
    }
  }

  /// The files to read; `validate(folder:)` has made sure that there are some.
  func files(folder: String?) throws -> DataFiles {
    if let folder { return try DataFiles(folder: folder) }
    guard let images, let labels else { throw CommandFailure.usage("--images and --labels are missing") }
    let training = SampleFiles(samples: images, targets: labels)
    guard let testImages, let testLabels else { return DataFiles(training: training) }
    return DataFiles(training: training, test: SampleFiles(samples: testImages, targets: testLabels))
  }
}

/// How the network is trained.
struct TrainingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What training minimises. (default: cross-entropy, or squared-error for a regression)", valueName: "name"))
  var loss: Named<Loss>?

  @OptionGroup var optimization: OptimizationOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Samples per mini-batch; at least 2 where batchnorm gets single values, as from dense.", valueName: "n"))
  var batchSize = 100

  @Option(parsing: .unconditional, help: ArgumentHelp("Passes over the data. (default: 10)", valueName: "n"))
  var epochs: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("Mini-batches in all, instead of epochs.", valueName: "n"))
  var iterations: Int?

  @Option(
    help: ArgumentHelp(
      """
      How the samples of a mini-batch are chosen. stratified: each has every class in its share; shuffled-once: all \
      epochs in the same random order; sequential: the order of the files.
      """, valueName: "order"))
  var sampling = Named(Sampling.withoutReplacement)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The share of the training data to set aside and evaluate on.", valueName: "x"))
  var validationSplit: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Epochs without a smaller validation loss after which training ends. The weights are then those of the epoch with \
      the smallest. Needs --validation-split. (default: go on to the end)
      """, valueName: "n"))
  var earlyStopping: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What all random choices follow from. (default: a different one each time)", valueName: "n"),
    transform: SeedOption.parse)
  var seed: UInt64?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Threads that share each mini-batch. (default: one per core, fewer where mini-batches are small)", valueName: "n")
  )
  var threads: Int?

  func validate() throws {
    if epochs != nil && iterations != nil {
      throw ValidationError("give either --epochs or --iterations, not both")
    }
    try require("--epochs", epochs, in: 1...Int(Int32.max))
    try require("--iterations", iterations, in: 1...Int(Int32.max))
    try require("--batch-size", batchSize, in: 1...TrainingConfiguration.maximumBatchSize)
    try require("--threads", threads, in: 1...TrainingConfiguration.maximumThreads)
    if let share = validationSplit, !(share > 0 && share < 1) {
      throw ValidationError("--validation-split must be above 0 and below 1, not \(share)")
    }
    try require("--early-stopping", earlyStopping, in: 1...Int(Int32.max))
    if earlyStopping != nil, validationSplit == nil {
      throw ValidationError("--early-stopping watches the loss of validation data: give --validation-split as well")
    }
  }

  private func require(_ name: String, _ value: Int?, in range: ClosedRange<Int>) throws {
    if let value, !range.contains(value) {
      throw ValidationError("\(name) must be in \(range.lowerBound)...\(range.upperBound), not \(value)")
    }
  }

  var duration: TrainingDuration { iterations.map { .iterations($0) } ?? .epochs(epochs ?? 10) }

  /// All settings of a run, for a network.
  func settings(_ network: NetworkOptions) throws -> TrainingSettings {
    var settings = TrainingSettings(network: try network.design(), duration: duration)
    if let seed { settings.seed = seed }
    settings.initializer = network.initializer?.initializer
    settings.loss = loss?.value
    settings.optimizer = optimization.configuredOptimizer
    settings.learningRate = optimization.learningRate
    settings.schedule = try optimization.configuredSchedule()
    settings.weightDecay = optimization.weightDecay
    settings.clipping = optimization.clipping
    settings.batchSize = batchSize
    settings.sampling = sampling.value
    settings.validationShare = validationSplit
    settings.patience = earlyStopping
    settings.threads = threads
    return settings
  }
}
