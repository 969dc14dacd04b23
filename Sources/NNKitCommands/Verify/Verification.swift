import ModelExchange
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
  let file: (any ModelFile)?
  let problems: [Problem]
  let exitCode: Int32

  /// Reads all of a file.
  init(path: String) {
    self.path = path
    do throws(ModelFormatError) {
      let file = try ModelFiles.open(path, dropping: [.history, .trainingState])
      self.file = file
      let errors = file.errors()
      let findings = StructuralCheck.findings(topology: file.topology, tensors: file.tensors)
      problems =
        errors.map { Problem(message: $0.description, error: $0) }
        + findings.map { Problem(message: "\(path): \($0.place): \($0.message)", error: nil) }
      // A disk that fails says nothing about the file.
      exitCode =
        problems.isEmpty
        ? ExitStatus.success
        : errors.first { $0.code == .file }?.exitCode ?? ExitStatus.badData
    } catch {
      file = nil
      problems = [Problem(message: error.description, error: error)]
      exitCode = error.exitCode
    }
  }

  var isSound: Bool { problems.isEmpty }
}
