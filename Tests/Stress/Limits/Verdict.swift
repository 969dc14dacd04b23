/// What became of a command under a limit.
enum Verdict: Equatable {
  case works
  /// Ended as the contract says, with one line and nothing left behind.
  case refused(Int32)
  /// The system could not start the program: its first instruction was never reached.
  case beforeMain
  case fault(String)

  /// - Parameters:
  ///   - unlimited: the same command without the limit.
  ///   - outputs: what is in the folder for outputs now.
  init(_ run: Run, unlimited: Run, _ command: CommandCase, outputs: [String]) {
    switch run.ending {
    case .timeOver: self = .fault("did not end within \(LimitExamination.timeLimit)")
    case .signal(let number): self = .fault("was ended by signal \(number): \(Verdict.excerpt(run))")
    // A refusal may be the proper end, too; then it is compared like any other output.
    case unlimited.ending where run.errors.count == unlimited.errors.count || command.success != [64]:
      self = Verdict.success(run, unlimited, command, outputs)
    case .exit(let code) where command.refusals.contains(code):
      // A file that cannot be verified has its line among those of the others.
      if command.name == "verify", run.errors.count == 0, run.output.lines == unlimited.output.lines {
        self = .refused(code)
      } else if run.errors.lines != 1 || !run.errorText.hasPrefix("nnkit: ") {
        self = .fault("ended with \(code) and \(run.errors.lines) lines of errors: \(Verdict.excerpt(run))")
      } else if !outputs.isEmpty {
        self = .fault("ended with \(code) and left \(outputs.joined(separator: ", ")): \(Verdict.excerpt(run))")
      } else {
        self = .refused(code)
      }
    case .exit(let code): self = .fault("ended with \(code): \(Verdict.excerpt(run))")
    }
  }

  private static func success(
    _ run: Run, _ unlimited: Run, _ command: CommandCase, _ outputs: [String]
  ) -> Verdict {
    if outputs != command.outputs.sorted() {
      return .fault("succeeded and left \(outputs.isEmpty ? "nothing" : outputs.joined(separator: ", "))")
    }
    // What it says of a training run has times in it.
    // What it says that it left out for want of room is missing by right.
    let saysSo = ["Left out  ", "\"left_out\""].contains { run.outputText.contains($0) }
    if command.name != "train", !saysSo, run.output != unlimited.output {
      return .fault("succeeded with another output")
    }
    return .works
  }

  /// What it said, cut to a line.
  private static func excerpt(_ run: Run) -> String {
    let text = run.errorText.split(separator: "\n").prefix(3).joined(separator: " | ")
    return text.isEmpty ? "without a word" : String(text.prefix(240))
  }
}
