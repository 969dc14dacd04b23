import ArgumentParser
import ModelExchange
import ModelFormat

/// `nnkit convert`
struct ConvertCommand: Subcommand {
  static let example = "nnkit convert digits.nnk digits.safetensors"

  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Rewrite a model file with other compression, or in another format.",
    discussion: """
      The input is .nnk or .safetensors, whatever its name; the name of the output decides what it becomes. In \
      safetensors files topology, history and typed metadata are stored as JSON texts that nnkit finds again; training \
      state is left out. What is lost is said on standard error.

      --network makes a network out of a PyTorch state dict of Linear layers. What the file does not say is assumed, \
      and can be set: the order of the layers, the layers between them, what happens to inputs.
      """)

  @Argument(help: ArgumentHelp("The model file, or - for standard input.", valueName: "in"))
  var input: String

  @Argument(
    help: ArgumentHelp(
      "A name that ends in .nnk or .safetensors; - is standard output, as .nnk.", valueName: "out"))
  var output: String

  @Option(help: ArgumentHelp("How small to make a .nnk file. (default: default)", valueName: "level"))
  var compression: Named<Compression>?

  @Flag(help: "Replace the output if it exists.")
  var force = false

  @OptionGroup(title: "Network from a state dict") var network: StateDictOptions

  @OptionGroup var outputOptions: OutputOptions

  func validate() throws {
    let outputFormat = try ModelOutput(output, outputOptions).format
    if !outputFormat.isCompressible, let compression, compression.value != .none {
      throw ValidationError(
        "--compression \(compression.value.rawValue): \(outputFormat.name) files are never compressed")
    }
  }

  func run() throws {
    let modelOutput = try ModelOutput(output, outputOptions)
    let outputFormat = modelOutput.format
    try modelOutput.check(replacing: force)
    let file = try ModelFiles.open(
      input, dropping: outputFormat.keeps.contains(.trainingState) ? [] : [.trainingState])
    var report = ConversionReport(file, input: input, output: output, outputFormat, isRebuilt: network.isNetwork)
    var source: any ModelSource = file
    if network.isNetwork {
      let conversion = try StateDictConversion(file, path: input, network)
      report.describe(conversion)
      source = conversion.model
    }
    try source.save(to: output, as: outputFormat, replacing: force, compression: compression?.value ?? .default)
    report.measureOutput()
    outputOptions.tell(report)
    try outputOptions.printDocument(report)
  }
}
