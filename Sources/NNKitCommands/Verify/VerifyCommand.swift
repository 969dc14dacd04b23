import ArgumentParser

/// `nnkit verify`
struct VerifyCommand: Subcommand {
  static let example = "nnkit verify digits.nnk"

  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read every byte of model files, and check every checksum and every rule of their format.",
    discussion: """
      Prints one line per file and goes on after a bad one. Exits with 0 when all files are sound, with 65 when one is \
      not, otherwise with 66 when one cannot be opened. Files of other formats than .nnk have no checksums: their values \
      cannot be verified, only their structure.
      """)

  @Argument(help: "Model files; - is standard input.")
  var files: [String]

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("only one file can be -") }
  }

  func run() throws {
    var verifications: [Verification] = []
    for path in files {
      let verification = Verification(path: path)
      verifications.append(verification)
      try output.printPart(verification)
    }
    try output.printDocument(VerificationReport(verifications: verifications))
    if let code = ExitStatus.first(of: verifications.map(\.exitCode)) { throw ExitCode(code) }
  }
}
