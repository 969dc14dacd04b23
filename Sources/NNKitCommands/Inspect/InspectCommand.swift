import ArgumentParser
import Formatting
import ModelExchange
import ModelFormat
import ModelInspection

/// `nnkit inspect`
struct InspectCommand: Subcommand {
  static let example = "nnkit inspect digits.nnk"

  static func commandLine(with file: MisplacedFile) -> String? {
    switch file {
    case .model(let path): "nnkit inspect \(path) --data IMAGES"
    case .samples(let path, _): "nnkit inspect MODEL --data \(path)"
    case .labels: nil
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Show what a model file holds: findings, topology, weight statistics, history.",
    discussion: """
      Findings come first: what a person should know of the model, the most serious first, each with its numbers. \
      Several models are shown as a row each, sorted by what they reached, and, where their tensors agree, with what \
      changed over them in their order. --tensor shows the tensors of a name, or of a pattern such as 'affine*.weight', \
      with their values, and nothing else. --html saves all of it as a page, with pictures. On a terminal tables are \
      as wide as it is (or as COLUMNS says); into a pipe everything is shown.
      """)

  @Argument(help: "The model files; - is standard input.")
  var models: [String]

  @Option(
    help: ArgumentHelp("Show the tensors of this name or pattern with values, and read no other.", valueName: "name"))
  var tensor: String?

  @Flag(help: "With --tensor, show all values, also where there are many.")
  var full = false

  @Option(help: ArgumentHelp("List the tensors of this pattern only, such as '*.weight'.", valueName: "glob"))
  var filter: String?

  @Option(help: ArgumentHelp("Sort the tensors; by anything but name the greatest comes first.", valueName: "by"))
  var sort: TensorOrder?

  @Flag(help: "Sum the tensors up by the parts of their names.")
  var tree = false

  @Option(
    parsing: .unconditional, help: ArgumentHelp("With --tree, how many parts of names to tell apart.", valueName: "n"))
  var depth: Int?

  @Flag(help: "Show every layer and tensor, also where blocks of a deep network repeat.")
  var all = false

  @Flag(help: "Compute singular values of all matrices; without it only where that takes less than 50 ms in all.")
  var spectrum = false

  @Flag(help: "Leave the weights unread: fast on files of any size, and weights are not verified.")
  var noStatistics = false

  @Option(
    help: ArgumentHelp("Run the network on these samples, and look for units that never fire.", valueName: "images"))
  var data: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("With --data, how many samples at most.", valueName: "n"))
  var samples: Int?

  @Option(help: ArgumentHelp("The form of the output. (default: text, or json with --json)", valueName: "form"))
  var format: InspectionFormat?

  @Flag(help: "Print lines that stay the same while the content does, for git; damage is told of and is no failure.")
  var textconv = false

  @OptionGroup var page: PageOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    try PageFile.validate(page.html, output)
    if page.html == "-", let format, format != .text {
      throw ValidationError("the page and \(format.rawValue) cannot both go to standard output: give --html a file")
    }
    if (models + [data].compactMap(\.self)).count(where: { $0 == "-" }) > 1 {
      throw ValidationError("only one input can be -")
    }
    if samples != nil, data == nil { throw ValidationError("--samples needs --data") }
    if let samples, samples < 1 { throw ValidationError("--samples must be at least 1, not \(samples)") }
    if data != nil, noStatistics || tensor != nil || filter != nil {
      throw ValidationError("--data runs the whole network: leave --no-statistics, --tensor and --filter out")
    }
    if format == .npy {
      if tensor == nil { throw ValidationError("--format npy needs --tensor") }
      if StandardStream.output.isTerminal {
        throw ValidationError("NPY is binary: send standard output somewhere else")
      }
    }
    if full, tensor == nil { throw ValidationError("--full needs --tensor") }
    if depth != nil, !tree { throw ValidationError("--depth needs --tree") }
    if let depth, depth < 1 { throw ValidationError("--depth must be at least 1, not \(depth)") }
    if tensor != nil, filter != nil { throw ValidationError("--tensor and --filter both choose tensors: give one") }
    if tensor != nil, tree { throw ValidationError("--tensor shows values, and --tree sums: give one") }
    if noStatistics, spectrum {
      throw ValidationError("--spectrum needs the values that --no-statistics leaves unread")
    }
    if noStatistics, let sort, sort.needsStatistics {
      throw ValidationError("--sort \(sort.rawValue) needs the statistics that --no-statistics leaves out")
    }
    if output.json, let format, format != .json {
      throw ValidationError("--json prints json, not \(format.rawValue)")
    }
    if models.count > 1, tensor != nil || filter != nil || tree || sort != nil || data != nil || spectrum {
      throw ValidationError("--tensor, --filter, --sort, --tree, --spectrum and --data are for one model")
    }
    if textconv {
      guard models.count == 1 else { throw ValidationError("--textconv shows one model") }
      if output.json || format != nil || tensor != nil || filter != nil || tree || sort != nil || page.html != nil {
        throw ValidationError("--textconv has one form: give no other option for it")
      }
    }
  }

  private var chosenFormat: InspectionFormat { format ?? (output.json ? .json : .text) }

  private var request: Inspection.Request {
    Inspection.Request(
      selection: TensorSelection(tensor: tensor, filter: filter), order: sort, withStatistics: !noStatistics,
      withSpectra: spectrum, samples: data.map { InspectedNetwork.Samples(path: $0, count: samples) })
  }

  func run() throws {
    if textconv { return try StableText(path: models[0]).write(StandardStream.output.write) }
    let page = try self.page.file(inputs: models + [data])
    guard models.count == 1 else { return try printSeries(page) }
    let file = try ModelFiles.open(models[0], dropping: [.trainingState])
    let inspection = try Inspection(file, path: models[0], request)
    if let page {
      let pictures = noStatistics ? .none : try InspectionPictures(inspection, file)
      try page.save(InspectionPage(inspection: inspection, pictures: pictures).page)
    }
    try print(inspection, file, to: outputStream(page))
    page?.tellSaved()
  }

  /// Where text goes: to standard error where the page has standard output for itself.
  private func outputStream(_ page: PageFile?) -> StandardStream { page?.isStandardOutput == true ? .error : .output }

  private func print(_ inspection: Inspection, _ file: any ModelFile, to stream: StandardStream) throws {
    switch chosenFormat {
    case .json:
      var document = InspectionDocument(inspection)
      if tree { document.tree = InspectionDocument.Part(inspection, depth: depth ?? NameTree.deepest) }
      if full { try document.addValues(file, of: inspection.tensors) }
      try JSONOutput.document(document, to: stream.write)
    case .csv:
      if tensor != nil {
        for tensor in inspection.tensors { try ValueCSV(file, tensor).write(stream.write) }
      } else {
        try stream.write(TensorCSV(inspection).text)
      }
    case .npy:
      guard let tensor = inspection.tensors.first, inspection.tensors.count == 1 else {
        throw CommandFailure.usage(
          "--format npy has room for one tensor, found \(Text.counted(inspection.tensors.count, "tensor")) of that pattern"
        )
      }
      try ValueNPY(file, tensor).write(stream.write)
    case .markdown: try stream.write(InspectionMarkdown(inspection, showsAll: all).text)
    case .text:
      let display = output.display(stream)
      guard tensor != nil else {
        let options = InspectionText.Options(all: all, treeDepth: tree ? depth ?? NameTree.deepest : nil)
        return try stream.write(
          InspectionText(inspection: inspection, display: display, options: options).text)
      }
      for (number, tensor) in inspection.tensors.enumerated() {
        if number > 0 { try stream.write("\n") }
        try stream.write(TensorDetail(tensor, display).text)
        try TensorLayout(elements: TensorElements(file, at: tensor.place), isFull: full, width: display.width ?? 80)
          .write(stream.write)
      }
    }
  }

  private func printSeries(_ page: PageFile?) throws {
    let series = try ModelSeries(paths: models, withStatistics: !noStatistics)
    try page?.save(SeriesPage(series: series).page)
    let stream = outputStream(page)
    switch chosenFormat {
    case .json: try JSONOutput.document(SeriesDocument(series), to: stream.write)
    case .text: try stream.write(SeriesText(series: series, display: output.display(stream)).text)
    case .csv, .markdown, .npy:
      throw CommandFailure.usage("several models are shown as text or json, not as \(chosenFormat.rawValue)")
    }
    page?.tellSaved()
  }
}
