import ArgumentParser
import ModelExchange
import ModelFormat
import ModelInspection

/// `nnkit diff`
struct DiffCommand: Subcommand {
  static let example = "nnkit diff before.nnk after.nnk"

  static func commandLine(with file: MisplacedFile) -> String? {
    switch file {
    case .model(let path): "nnkit diff \(path) MODEL --data IMAGES"
    case .samples(let path, _): "nnkit diff MODEL MODEL --data \(path)"
    case .labels(let path, _): "nnkit diff MODEL MODEL --data IMAGES --labels \(path)"
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Compare two model files: topology, weights by tensor name, history.",
    discussion: """
      Exits with 0 when the models are the same, 1 when they differ, 2 when they cannot be compared. Two values are \
      the same when |a − b| ≤ absolute + relative · max(|a|, |b|); NaN is the same as NaN, and 0 as −0. The time that \
      epochs took is never a difference. Without a tolerance, tensors of another type differ; with one, their values are \
      compared as numbers. Δ is the second model minus the first.
      """)

  @Argument(help: "The first model file, or - for standard input.")
  var left: String

  @Argument(help: "The second model file, or - for standard input.")
  var right: String

  @Option(parsing: .unconditional, help: ArgumentHelp("How far apart two values may be.", valueName: "x"))
  var absoluteTolerance = 0.0

  @Option(parsing: .unconditional, help: ArgumentHelp("The same, as a fraction of the larger one.", valueName: "x"))
  var relativeTolerance = 0.0

  @Option(
    help: ArgumentHelp(
      "Compare the tensors whose names match, as in 'conv*.weight', and nothing else.", valueName: "pattern"))
  var filter: String?

  @Flag(help: "List all tensors that differ, not only those that changed most.")
  var all = false

  @Flag(help: "Match the hidden units of both networks, and see whether only their order differs.")
  var align = false

  @Option(help: ArgumentHelp("Run both networks on these samples, and compare what they give.", valueName: "images"))
  var data: String?

  @Option(help: ArgumentHelp("With --data, the true classes: who is right where they differ.", valueName: "labels"))
  var labels: String?

  @OptionGroup var page: PageOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    try PageFile.validate(page.html, output)
    for (name, value) in [("absolute", absoluteTolerance), ("relative", relativeTolerance)] {
      guard value >= 0, value.isFinite else {
        throw ValidationError("--\(name)-tolerance must be a number of at least 0, not \(value)")
      }
    }
    guard [left, right, data, labels].count(where: { $0 == "-" }) < 2 else {
      throw ValidationError("only one input can be -")
    }
    if labels != nil, data == nil { throw ValidationError("--labels needs --data") }
    if filter != nil, align || data != nil {
      throw ValidationError("--align and --data take whole networks: leave --filter out")
    }
  }

  /// Whatever keeps it from comparing is trouble, as for `diff` of POSIX: other codes tell whether the models differ.
  static func exitCode(for code: Int32) -> Int32 { ExitStatus.trouble }

  func run() throws {
    let tolerance = Tolerance(absolute: absoluteTolerance, relative: relativeTolerance)
    let page = try self.page.file(inputs: [left, right, data, labels])
    let (one, other) = (
      try ModelFiles.open(left, dropping: [.trainingState]), try ModelFiles.open(right, dropping: [.trainingState])
    )
    let report = try DifferenceReport(
      one, other, names: (left, right), tolerance: tolerance, filter: filter, showsAll: all,
      networks: NetworkComparison.Request(aligns: align, images: data, labels: labels))
    try output.print(report, page: page, isQuiet: false) {
      DifferencePage(
        report: report, left: .init(path: left, one), right: .init(path: right, other),
        pictures: try DifferencePictures(report.difference, one, other)
      ).page
    }
    if !report.difference.isSame { throw ExitCode(ExitStatus.different) }
  }
}
