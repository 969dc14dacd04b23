import ArgumentParser
import Formatting

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

  /// The emphasis for text on a stream.
  func style(isTerminal: Bool = Terminal.standardOutputIsTerminal) -> Style {
    Style(color, isTerminal: isTerminal)
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
    if json { try StandardStream.output.write(JSONOutput.document(report.document)) }
  }

  /// Tells of an output that is somewhere else: as text on standard error, and as JSON on standard output if that is
  /// asked for.
  func tell(_ report: some Report) throws {
    try StandardStream.error.write(report.text(for: display(.error)))
    try printDocument(report)
  }

  /// Saves the page if there is one to be saved, and prints the report besides. Where the page takes standard output,
  /// text goes to standard error.
  func print(_ report: some PagedReport, page file: PageFile?, isQuiet: Bool) throws {
    guard let file else { return try print(report) }
    try file.save(report.page)
    if file.isStandardOutput { return try tell(report) }
    try print(report)
    if !isQuiet { try StandardStream.error.write("saved \(Text.escaped(file.path))\n") }
  }
}
