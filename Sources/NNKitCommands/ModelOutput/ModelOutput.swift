import ArgumentParser
import BinaryIO
import Formatting
import ModelExchange
import ModelFormat

/// A model file that a command writes.
struct ModelOutput {
  let path: String
  /// What its name says; `-` is standard output, as `.nnk`.
  let format: FileFormat

  /// How the names of models that can be written end.
  static let extensions = Text.alternatives(ModelFiles.writableExtensions.map { "." + $0 })

  /// - Throws: `ValidationError` for a name that says nothing, or where standard output is wanted for JSON too.
  init(_ path: String, _ options: OutputOptions) throws {
    guard let format = path == "-" ? .nnk : ModelFiles.writableFormat(ofName: path) else {
      throw ValidationError("the output must end in \(ModelOutput.extensions), not \(path)")
    }
    if path == "-" && options.json {
      throw ValidationError("--json and the model cannot both go to standard output: give the output a name")
    }
    self.path = path
    self.format = format
  }

  /// Finds out before any work is done whether the file can be written.
  func check(replacing: Bool) throws {
    try FileSystem.checkWritable(path, replacing: replacing)
    if path == "-", StandardStream.output.isTerminal {
      throw CommandFailure.usage("a model is binary: give the output a name, or send standard output somewhere else")
    }
  }
}
