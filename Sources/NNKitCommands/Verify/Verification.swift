import Formatting
import ModelFormat
import ModelInspection

/// What `verify` finds out about a file.
struct Verification {
  /// Something that is wrong.
  struct Problem {
    let message: String
    /// Nil when topology and tensors do not fit one another, although each is sound.
    let error: ModelFormatError?
  }

  let path: String
  /// Nil when the file could not be opened.
  let reader: ModelReader?
  let problems: [Problem]
  let exitCode: Int32

  /// Reads all of a file.
  init(path: String) {
    self.path = path
    do throws(ModelFormatError) {
      let reader = try ModelReader(path: path)
      self.reader = reader
      let errors = reader.errors()
      let findings = StructuralCheck.findings(topology: reader.topology, tensors: reader.tensors)
      problems =
        errors.map { Problem(message: $0.description, error: $0) }
        + findings.map { Problem(message: "\(path): \($0.place): \($0.message)", error: nil) }
      // A disk that fails says nothing about the file.
      exitCode =
        problems.isEmpty
        ? ExitStatus.success
        : errors.first { $0.code == .file }?.exitCode ?? ExitStatus.badData
    } catch {
      reader = nil
      problems = [Problem(message: error.description, error: error)]
      exitCode = error.exitCode
    }
  }

  var isSound: Bool { problems.isEmpty }

  /// How many sections the file has, the index among them; nil for formats without sections.
  var sectionCount: Int? {
    guard let reader, reader.format == .nnk else { return nil }
    return reader.sections.count + 1
  }

  /// One line for people.
  func line(_ style: Style) -> String {
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
