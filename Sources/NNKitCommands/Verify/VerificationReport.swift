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
    guard let file else { return Text.escaped(path) }
    var facts = [
      [file.format.name, file.versionText].compactMap(\.self).joined(separator: " "),
      Text.bytes(file.fileSize, inFiles: file.fileCount), Text.counted(file.tensors.count, "tensor"),
    ]
    if let sectionCount = file.sectionCount { facts.append(Text.counted(sectionCount, "section")) }
    if file.hasTrainingState { facts.append("training state") }
    if !file.format.hasChecksums { facts.append("no checksums") }
    return "\(Text.escaped(path)): \(style.green("ok")), \(facts.joined(separator: ", "))"
  }
}
