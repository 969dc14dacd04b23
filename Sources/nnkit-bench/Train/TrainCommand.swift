public import ArgumentParser
public import NetworkRuns
public import NeuralNetwork

/// `nnkit-bench train`
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Seconds per epoch of training a classifier, and how near to the peak they come.",
    discussion: """
      Prints one line of JSON. seconds_per_epoch are those of the mini-batches, the same that nnkit train --json \
      reports; best is the least of them. products_GFLOP are the operations of an epoch's matrix products, 2·m·n·k each, \
      and fraction_of_peak is how much of the machine's peak they reach in the best epoch; those of pixels that are 0 in \
      a whole mini-batch count too, although the first layer leaves them out. The peak is that of large matrix products \
      on the same number of threads, measured in the same run.
      """)

  @Argument(
    help: ArgumentHelp("A folder with train-images*, train-labels*, and t10k-* or test-* IDX files.", valueName: "data")
  )
  var data: String

  @Option(help: ArgumentHelp("Widths from input to output. (default: 784-50-10)", valueName: "widths"))
  var arch: Architecture?

  @Option(help: ArgumentHelp("Activation between the widths. (default: sigmoid)", valueName: "name"))
  var activation: Activation?

  @Option(
    help: ArgumentHelp(
      "All layers in words, instead of --arch: \"conv(8,3) relu maxpool(2) flatten dense(10)\". A softmax is added.",
      valueName: "layers"))
  var network: String?

  @Option(help: ArgumentHelp("How gradients change the weights.", valueName: "name"))
  var optimizer = Optimizer.Name.sgd

  @Option(help: ArgumentHelp("The step size.", valueName: "x"))
  var learningRate = 0.1

  @Option(help: ArgumentHelp("Samples per mini-batch.", valueName: "n"))
  var batchSize = 100

  @Option(help: ArgumentHelp("Passes over the data.", valueName: "n"))
  var epochs = 4

  @Option(help: ArgumentHelp("What all random choices follow from.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "The threads that share each mini-batch. (default: one per processor, fewer where mini-batches are small)",
      valueName: "n"))
  var threads: Int?

  func validate() throws {
    if network != nil, arch != nil || activation != nil {
      throw ValidationError("give either --network, or --arch and --activation, not both")
    }
    guard batchSize >= 1 else { throw ValidationError("--batch-size must be at least 1") }
    guard epochs >= 1 else { throw ValidationError("--epochs must be at least 1") }
    guard threads ?? 1 >= 1 else { throw ValidationError("--threads must be at least 1") }
    guard learningRate > 0, learningRate.isFinite else { throw ValidationError("--learning-rate must be above 0") }
  }

  func run() throws {
    let data = try TrainingData(folder: data)
    let benchmark = TrainBenchmark(
      design: try design(for: data), optimizer: Optimizer(optimizer), learningRate: learningRate, batchSize: batchSize,
      epochs: epochs, seed: seed, threads: threads)
    print(try benchmark.report(on: data).line)
  }

  /// The network, once it is known that it fits the data; layers in words are checked where they are read.
  private func design(for data: TrainingData) throws -> NetworkDesign {
    guard case .classification(let classes) = data.task else {
      throw BenchmarkFailure(description: "the data are a regression: expected labels of an integer type")
    }
    if let network { return .layers(try NetworkText(network)) }
    let architecture = arch ?? .default
    let inputs = data.inputShape.reduce(1, *)
    try check("--arch", "\(inputs) inputs, one for each value of a sample", inputs, found: architecture.inputs)
    try check("--arch", "\(classes) outputs, one for each class", classes, found: architecture.outputs)
    return architecture.design(activation ?? .sigmoid)
  }

  private func check(_ option: String, _ expected: String, _ count: Int, found: Int) throws {
    guard count == found else {
      throw BenchmarkFailure(description: "\(option) does not fit the data: expected \(expected), found \(found)")
    }
  }
}

extension Activation: ExpressibleByArgument {
  /// The activation of that name, if there is one.
  public init?(argument: String) { self.init(name: argument) }
}
extension Optimizer.Name: ExpressibleByArgument {}
