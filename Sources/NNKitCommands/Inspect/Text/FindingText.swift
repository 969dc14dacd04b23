import Formatting
import ModelInspection

/// What a person should know of a model, the most serious first.
struct FindingText {
  /// Where there are more, the rest is counted.
  private static let mostShown = 12

  let findings: [Finding]
  let display: Display

  private var style: Style { display.style }

  /// All of them, or as many as a person reads.
  var lines: [String] {
    guard !findings.isEmpty else { return [] }
    let shown = findings.prefix(FindingText.mostShown)
    let width = shown.reduce(0) { max($0, $1.severity.rawValue.count) }
    var lines = [title]
    for finding in shown {
      let word = finding.severity.rawValue
      let start = "  " + colored(word, finding.severity) + String(repeating: " ", count: width - word.count + 2)
      let text = "\(Text.short(finding.place)): \(Text.escaped(finding.message, atMost: 600))"
      let indent = String(repeating: " ", count: width + 4)
      let wrapped = display.width.map { Text.wrapped(text, to: max(20, $0 - width - 4)) } ?? [text]
      lines += wrapped.enumerated().map { ($0 == 0 ? start : indent) + $1 }
    }
    if findings.count > shown.count { lines.append("  … and \(findings.count - shown.count) more") }
    return lines
  }

  /// The same at the end of a text, for those who see that first; errors and warnings alone, as notes can wait.
  var reminder: [String] {
    let serious = findings.filter { $0.severity != .note }
    return FindingText(findings: serious, display: display).lines
  }

  private var title: String {
    let counts = Finding.Severity.allCases.compactMap { severity -> String? in
      let count = findings.count { $0.severity == severity }
      return count == 0 ? nil : Text.counted(count, severity.rawValue)
    }
    return "\(style.bold("Findings"))  \(counts.joined(separator: ", "))"
  }

  private func colored(_ text: String, _ severity: Finding.Severity) -> String {
    switch severity {
    case .error: style.red(text)
    case .warning: style.yellow(text)
    case .note: style.dim(text)
    }
  }
}
