import ArgumentParser
import Formatting
import ModelInspection

/// `nnkit digest`
struct DigestCommand: Subcommand {
  static let example = "nnkit digest digits.nnk digits.safetensors"

  static let configuration = CommandConfiguration(
    commandName: "digest",
    abstract: "Print the SHA-256 of what model files hold: the same for every format, compression and split.",
    discussion: """
      Prints a line for each file, as sha256sum does. The digest is of the tensors: names, types, shapes and values, bit \
      for bit, which are verified on the way. Order, history and training state make no difference. specs/digest.md \
      defines it.

      With --check the files hold such lines, and the models that they name are checked. Exits with 0 when all have \
      these digests, with 65 when one has another or is damaged, otherwise with 66 when one cannot be opened.
      """)

  @Argument(help: ArgumentHelp("Model files; - is standard input. With --check, files of lines.", valueName: "file"))
  var files: [String]

  @Flag(help: "Print a line for each tensor too.")
  var tensors = false

  @Flag(help: "The digest is of the tensors and the topology.")
  var topology = false

  @Flag(help: "The digest is of the tensors, the topology and the metadata.")
  var metadata = false

  @Flag(help: "Read lines that this command has printed, and check the models that they name.")
  var check = false

  @OptionGroup var output: OutputOptions

  private var scope: ModelDigest.Scope { metadata ? .metadata : topology ? .topology : .tensors }

  func validate() throws {
    if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("only one file can be -") }
    if check, tensors || topology || metadata {
      throw ValidationError("--check finds out by itself what each digest is of: leave the other options out")
    }
  }

  func run() throws {
    if check { return try DigestCheck(output).run(files) }
    var (found, codes): ([DigestReport.File], [Int32]) = ([], [])
    for path in files {
      do {
        let file = try FileDigest(path: path, scope: scope, listsTensors: tensors)
        try output.printPart(file)
        found.append(DigestReport.File(file))
      } catch {
        let failure = CommandFailure(error)
        // It would end the others in the same way.
        guard failure.isOfFile else { throw failure }
        Terminal.logLine("nnkit: " + Text.escaped(failure.message))
        found.append(DigestReport.File(path: path, problem: failure.message))
        codes.append(failure.exitCode)
      }
    }
    try output.printDocument(DigestReport(found, scope: scope))
    if let code = ExitStatus.first(of: codes) { throw ExitCode(code) }
  }
}

extension CommandFailure {
  /// Whether another file may fare better.
  var isOfFile: Bool { !isBrokenPipe && exitCode != ExitStatus.internalError }
}
