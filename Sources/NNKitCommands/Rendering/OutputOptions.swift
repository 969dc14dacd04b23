import ArgumentParser
import Pages

/// Options that every command has, and the one place that decides what goes where.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print JSON instead of text.")
  var json = false

  @Option(help: ArgumentHelp("When to use colour.", valueName: "when"))
  var color = ColorChoice.auto

  /// What can be shown on a stream.
  func display(_ stream: StandardStream = .output) -> Display {
    Display(stream: stream, style: Style(color, isTerminal: stream.isTerminal))
  }
}

extension OutputOptions {
  /// Prints what a command is for, on standard output: as JSON if that is asked for, as text otherwise.
  func print(_ report: some Report) throws {
    try printPart(report)
    try printDocument(report)
  }

  /// Prints a part of a report as soon as it is known. The JSON document comes at the end, as a whole.
  func printPart(_ part: some TextReport) throws {
    if !json { try StandardStream.output.write(part.text(for: display())) }
  }

  /// Prints a report of which all parts have been printed as text.
  func printDocument(_ report: some Report) throws {
    if json { try JSONOutput.document(report.document, to: StandardStream.output.write) }
  }

  /// Tells of an output that is somewhere else, or has standard output for itself: as text on standard error.
  func tell(_ report: some TextReport) {
    Terminal.log(report.text(for: display(.error)))
  }

  /// The JSON document of a report on its way to a file, which appears when the sink is told to finish.
  func documentSink(of report: some Report, to path: String, replacing: Bool) throws -> OutputSink {
    var sink = try OutputSink(path: path, replacing: replacing)
    try sink.write(JSONOutput.document(report.document))
    return sink
  }

  /// Saves the page if there is one to be saved, and prints the report besides. Where the page takes standard output,
  /// text goes to standard error.
  func print(_ report: some PagedReport, page file: PageFile?, isQuiet: Bool) throws {
    try print(report, page: file, isQuiet: isQuiet) { report.page }
  }

  /// The same with a page for which more has to be read than for the report.
  func print(_ report: some Report, page file: PageFile?, isQuiet: Bool, _ page: () throws -> Page) throws {
    guard let file else { return try print(report) }
    try file.save(try page())
    if file.isStandardOutput { return tell(report) }
    try print(report)
    if !isQuiet { file.tellSaved() }
  }
}
