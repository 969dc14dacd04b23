import ArgumentParser
import BinaryIO
import Formatting
import IDX
import ModelFormat
import NetworkRuns
import NeuralNetwork

/// `nnkit predict`
struct PredictCommand: Subcommand {
  static let example = "nnkit predict digits.nnk images.gz --labels labels.gz > predictions.csv"

  static func commandLine(with file: MisplacedFile) -> String? {
    switch file {
    case .model(let path): "nnkit predict \(path) IMAGES"
    case .samples(let path, _): "nnkit predict MODEL \(path)"
    case .labels(let path, _): "nnkit predict MODEL IMAGES --labels \(path)"
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Run a model on an IDX file; with labels, evaluate it too.",
    discussion: """
      Predictions go to standard output or --output: index,prediction,probability with, for --labels, the label, and \
      for --top K the K most probable classes. So does a network that ends in sigmoid and learned classes with \
      binary-cross-entropy; a single output is then the probability of class 1. Other networks give numbers: \
      index,output_0,… and, for --labels, target_0,… With --labels an evaluation goes to standard error, and as JSON to \
      --report. Values are prepared as the model says; no other flags are needed.
      """)

  @Argument(help: "The model file, or - for standard input.")
  var model: String

  @Argument(help: "An IDX file of images or other samples, gzip-compressed or not; - is standard input.")
  var images: String

  @Option(
    name: [.long, .customLong("targets")],
    help: ArgumentHelp(
      "The true classes, one per image; for a regression the true numbers, one for each output.", valueName: "file"))
  var labels: String?

  @Option(
    help: ArgumentHelp("The form of the predictions. (default: csv, or jsonl with --json)", valueName: "form")
  )
  var format: PredictionFormat?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How many classes to show, the most probable first.", valueName: "k"))
  var top = 1

  @Option(name: .shortAndLong, help: ArgumentHelp("Where predictions go.", valueName: "file"))
  var output = "-"

  @Option(help: ArgumentHelp("Where the evaluation goes, as JSON; needs --labels.", valueName: "file"))
  var report: String?

  @Flag(help: "Replace output files that exist.")
  var force = false

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Threads to predict with. (default: one per core)", valueName: "n"))
  var threads: Int?

  @OptionGroup var outputOptions: OutputOptions

  func validate() throws {
    if top < 1 { throw ValidationError("--top must be at least 1, not \(top)") }
    if let threads, !(1...TrainingConfiguration.maximumThreads).contains(threads) {
      throw ValidationError(
        "--threads must be in 1...\(TrainingConfiguration.maximumThreads), not \(threads)")
    }
    if report != nil, labels == nil { throw ValidationError("--report needs --labels to evaluate against") }
    if [model, images, labels].count(where: { $0 == "-" }) > 1 {
      throw ValidationError("only one input can be -")
    }
    if outputOptions.json, let format, format != .jsonl {
      throw ValidationError("--json prints jsonl, not \(format.rawValue)")
    }
    if format == .idx, top > 1 {
      throw ValidationError("--format idx has room for one class per sample, not --top \(top)")
    }
    if let report, report == output {
      throw ValidationError(
        report == "-"
          ? "predictions go to standard output already: give --output or --report a file"
          : "--output and --report must differ")
    }
  }

  private var chosenFormat: PredictionFormat { format ?? (outputOptions.json ? .jsonl : .csv) }

  func run() throws {
    for (option, path) in [("--output", output), ("--report", report ?? "-")] {
      try FileSystem.checkWritable(path, replacing: force)
      try OutputCheck.checkInputsAreKept(option, path, inputs: [model, images, labels].compactMap(\.self))
    }
    if let report { try OutputCheck.checkOutputsDiffer(("--output", output), ("--report", report)) }
    if chosenFormat == .idx, output == "-", StandardStream.output.isTerminal {
      throw CommandFailure.usage(
        "IDX is binary: give --output a file, or send standard output somewhere else")
    }
    let predictor = try Predictor(contentsOf: model, threads: threads)
    var reader = try IDXReader(path: images)
    try predictor.check(reader.header, samples: images)
    if let warning = warning(predictor, about: reader.header) {
      Terminal.logLine(outputOptions.display(.error).style.yellow(warning))
    }
    let truth = try labels.map { try predictor.loadTruth(path: $0, count: reader.header.itemCount) }
    let form = try PredictionForm(predictor, top: top, truth: truth)

    var sink = try OutputSink(path: output, replacing: force)
    var writer = chosenFormat.makeWriter(form, count: reader.header.itemCount)
    var evaluation = truth.map { PredictionEvaluation($0, predictor: predictor) }
    var index = 0
    try sink.write(writer.beginning())
    while let piece = try reader.readItems(maximumCount: Predictor.pieceSize) {
      let inputs = try predictor.prepare(piece, firstIndex: index)
      let outputs = try predictor.predict(inputs, asClasses: form.isClassifier, firstIndex: index)
      try sink.write(writer.rows(outputs, firstIndex: index))
      index += outputs.rows
      try evaluation?.add(outputs, of: inputs)
    }
    guard let evaluation else { return try sink.finish() }
    let evaluated = EvaluationReport(evaluation: try evaluation.report(), form: form)
    // Both are written before either appears: where one finds no room, there is neither.
    var reportSink: OutputSink? = nil
    if let report { reportSink = try outputOptions.documentSink(of: evaluated, to: report, replacing: force) }
    try sink.finish()
    try reportSink.take()?.finish()
    outputOptions.tell(evaluated)
  }

  /// Values of another kind than the model was trained on are prepared as if they were of that kind.
  private func warning(_ predictor: Predictor, about header: IDXHeader) -> String? {
    guard let trainedOn = predictor.trainedOn, ByteName(trainedOn) != ByteName("\(header.elementType)") else {
      return nil
    }
    let factor = predictor.preprocessing.scale
    let scale = factor == 1 ? "as they are" : "multiplied by \(Text.factor(factor))"
    return "warning: \(model) was trained on \(trainedOn) values, and \(images) holds \(header.elementType) values; "
      + "they are used \(scale)"
  }
}
