import ArgumentParser
import LossLandscape
import NetworkRuns
import NeuralNetwork

/// `nnkit landscape`
struct LandscapeCommand: Subcommand {
  static let example = "nnkit landscape digits.nnk samples/digits --html landscape.html"

  static func commandLine(with file: MisplacedFile) -> String? {
    switch file {
    case .model(let path): "nnkit landscape \(path) DATA"
    case .samples(let path, _): "nnkit landscape MODEL --images \(path) --labels LABELS"
    case .labels(let path, _): "nnkit landscape MODEL --images IMAGES --labels \(path)"
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "landscape",
    abstract: "Draw the loss around a trained model along two directions of its weights.",
    discussion: """
      The loss is measured at each point of a grid over two random directions, as long as the model's own weights; \
      biases and batch normalisation stay as they are. DATA is a folder as for train, of classes or of a regression, of \
      which the training samples count. The page of --html needs nothing besides itself; what it shows is printed too: minimum, saddle points and plateaus of \
      the slice. A training path is drawn through the models along it, which train --save-every saves: --path \
      digits-epoch-*.nnk. --surface draws \
      the surfaces of textbooks in the same way, and needs no model.
      """)

  @Argument(help: "The model file, or - for standard input.")
  var model: String?

  @Argument(help: "A folder of IDX files.")
  var data: String?

  @Option(
    name: [.long, .customLong("inputs")],
    help: ArgumentHelp("Images or other samples, instead of a folder.", valueName: "file"))
  var images: String?

  @Option(
    name: [.long, .customLong("targets")],
    help: ArgumentHelp(
      "Labels, instead of a folder: integers are classes, floating-point numbers the targets of a regression.",
      valueName: "file"))
  var labels: String?

  @Option(
    help: ArgumentHelp("Where the picture goes, as a page for browsers; - is standard output.", valueName: "file"))
  var html: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      """
      Models along the way to this one, two or more, first to last: directions are then the principal ones of that path, \
      and it is drawn. The last may be this one again.
      """, valueName: "model"))
  var path: [String] = []

  @Option(help: ArgumentHelp("A surface of textbooks instead of a model.", valueName: "name"))
  var surface: Named<TextbookSurface>?

  @OptionGroup(title: "Measuring") var options: LandscapeOptions

  @Flag(help: "Replace the page if it exists.")
  var force = false

  @Flag(help: "Print no progress.")
  var quiet = false

  @OptionGroup var outputOptions: OutputOptions

  func validate() throws {
    try PageFile.validate(html, outputOptions)
    if surface != nil {
      guard [model, data, images, labels].allSatisfy({ $0 == nil }), path.isEmpty, !options.concernsModels else {
        throw ValidationError("--surface is drawn without a model, data, and options for them")
      }
      return
    }
    guard model != nil else { throw ValidationError("give a model and its data, or --surface") }
    if data != nil, images != nil || labels != nil {
      throw ValidationError("give either a folder or --images and --labels, not both")
    }
    if data == nil, images == nil || labels == nil {
      throw ValidationError("give a folder with IDX files, or both --images and --labels")
    }
    if ([model, images, labels] + path).count(where: { $0 == "-" }) > 1 {
      throw ValidationError("only one input can be -")
    }
    if path.count == 1 { throw ValidationError("--path needs two models or more, to make a plane with the last one") }
    if !path.isEmpty, options.seed != nil || options.normalization != nil {
      throw ValidationError("--path gives the directions: --seed and --normalization have no meaning with it")
    }
  }

  func run() throws {
    let files = try sampleFiles()
    let page = try PageFile(
      html, replacing: force, inputs: [model].compactMap(\.self) + path + (files?.paths ?? []))
    let progress = LandscapeProgress(isVisible: !quiet && outputOptions.display(.error).canRedraw)
    let report = try report(files, progress)
    progress.end()
    try outputOptions.print(report, page: page, isQuiet: quiet)
  }

  /// The training files of a folder, or two files by name; none for a surface.
  private func sampleFiles() throws -> SampleFiles? {
    if surface != nil { return nil }
    if let data { return try DataFiles(folder: data).training }
    guard let images, let labels else { throw CommandFailure.usage("--images and --labels are missing") }
    return SampleFiles(samples: images, targets: labels)
  }

  private func report(_ files: SampleFiles?, _ progress: LandscapeProgress) throws -> LandscapeReport {
    guard let model, let files else {
      let surface = surface?.value ?? .saddle
      return try LandscapeReport(surface, halfWidth: options.range ?? 1, count: options.grid)
    }
    let source = try LandscapeSource(modelPath: model, files, options)
    return try source.report(path: path, options, progress)
  }
}
