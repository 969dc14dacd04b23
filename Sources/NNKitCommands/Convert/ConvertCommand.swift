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
      The input is any model that opens, whatever its name; the name of the output decides what it becomes. In \
      safetensors and ONNX files topology, history and typed metadata are stored as JSON texts that nnkit finds again; \
      training state is left out. What is lost is said on standard error. An ONNX file has the network as a graph, from \
      raw values to outputs, which ONNX Runtime runs.

      --network makes a network out of a PyTorch state dict. What the file does not say is assumed, and can be set: \
      the layers and their order, what happens to inputs. --layout pytorch is the way back: tensors get the names and \
      shapes that nn.Sequential has, and the lines of Python that load them are printed.
      """)

  @Argument(help: ArgumentHelp("The model file, or - for standard input.", valueName: "in"))
  var input: String

  @Argument(
    help: ArgumentHelp(
      "A name that ends in \(ModelOutput.extensions); - is standard output, as .nnk.", valueName: "out"))
  var output: String

  @Option(help: ArgumentHelp("How small to make a .nnk file. (default: default)", valueName: "level"))
  var compression: Named<Compression>?

  @Flag(help: "Replace the output if it exists.")
  var force = false

  @Option(help: ArgumentHelp("Names and shapes of the tensors of a network: nnkit or pytorch.", valueName: "layout"))
  var layout = ModuleLayout.nnkit

  @Option(
    help: ArgumentHelp(
      "Names of the classes, in the order of the outputs: A,B,C or a file with one on each line.", valueName: "names"))
  var classNames: String?

  @OptionGroup(title: "Network from a state dict") var network: StateDictOptions

  @OptionGroup var outputOptions: OutputOptions

  static func prepared(_ arguments: [String]) -> [String] { NetworkArgument.separated(arguments) }

  func validate() throws {
    let outputFormat = try ModelOutput(output, outputOptions).format
    if !outputFormat.isCompressible, let compression, compression.value != .none {
      throw ValidationError(
        "--compression \(compression.value.rawValue): \(outputFormat.name) files are never compressed")
    }
    if layout == .pytorch {
      guard ModuleLayout.pyTorchFormats.contains(outputFormat.name) else {
        throw ValidationError("--layout pytorch: PyTorch reads .safetensors or .npz, so give the output such a name")
      }
      guard classNames == nil else {
        throw ValidationError("--class-names: PyTorch's state dicts have no place for them; leave one of both out")
      }
      guard !network.isNetwork else {
        throw ValidationError("--layout pytorch undoes what --network does: give one of them")
      }
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
      let conversion = try StateDictConversion.make(file, path: input, network)
      report.describe(conversion)
      source = conversion.model
    }
    if let classNames {
      var edit = ModelEdit()
      edit.classNames = try ClassNameFile.names(from: classNames)
      do { source = try EditedModel(source, edit) } catch { throw CommandFailure(error, path: input) }
    }
    if layout == .pytorch {
      let conversion = try SequentialConversion(file, path: input, output: output, outputFormat)
      report.describe(conversion)
      source = conversion.model
    }
    try source.save(to: output, as: outputFormat, replacing: force, compression: compression?.value ?? .default)
    report.measureOutput()
    outputOptions.tell(report)
    if !outputOptions.json, !report.python.isEmpty {
      try StandardStream.output.write(report.python.map { $0 + "\n" }.joined())
    }
    try outputOptions.printDocument(report)
  }
}
