import Formatting
import ModelFormat

/// What was found out about several files, in every form.
struct VerificationReport: Report {
  let verifications: [Verification]

  var document: VerificationDocument { VerificationDocument(verifications) }

  func text(for display: Display) -> String { verifications.map { $0.text(for: display) }.joined() }
}

extension Verification: TextReport {
  /// One line.
  func text(for display: Display) -> String { line(display.style) + "\n" }

  private func line(_ style: Style) -> String {
    if let problem = problems.first {
      let others = problems.count - 1
      return style.red(Text.escaped(problem.message)) + (others > 0 ? "; and \(Text.grouped(others)) more" : "")
    }
    guard let reader else { return Text.escaped(path) }
    var facts = [
      reader.version.map { "\(reader.format.rawValue) \($0)" } ?? reader.format.rawValue,
      Text.bytes(reader.fileSize), Text.counted(reader.tensors.count, "tensor"),
    ]
    if let sectionCount { facts.append(Text.counted(sectionCount, "section")) }
    if reader.hasTrainingState { facts.append("training state") }
    if !reader.format.hasChecksums { facts.append("no checksums") }
    return "\(Text.escaped(path)): \(style.green("ok")), \(facts.joined(separator: ", "))"
  }
}
