import Formatting
import ModelFormat

/// What an edit changed, and what it lost. Its JSON form has schema 1; property names become snake case.
struct EditReport: Report, Encodable {
  let schema = 1
  let input: ReportedFile
  var output: ReportedFile
  /// What the output holds.
  let contents: ReportedContents
  let changes: [ReportedChange]
  let lost: [ReportedLoss]
  let notes: [String]

  init(_ file: EditedFile, input: String, _ target: ModelOutput, _ changes: [ReportedChange]) {
    self.input = ReportedFile(path: input, format: file.format.name, bytes: file.fileSize)
    output = ReportedFile(path: target.path, format: target.format.name)
    contents = ReportedContents(file, savedAs: target.format)
    self.changes = changes
    lost = target.format.losses(of: file, savedTo: target.path).map(ReportedLoss.init)
    notes = target.format.notes(on: file.contents)
  }

  var document: EditReport { self }

  func text(for display: Display) -> String {
    var lines = ["\(input.text) → \(output.text): \(contents.text)"]
    let shown = changes.prefix(changes.count > 20 ? 19 : 20)
    lines += shown.map(\.text)
    if changes.count > shown.count { lines.append("and \(Text.counted(changes.count - shown.count, "more change"))") }
    lines += notes.map { "note: \(Text.escaped($0))" }
    lines += lost.map { display.style.yellow($0.text) }
    return lines.map { $0 + "\n" }.joined()
  }
}
