import ArgumentParser
import BinaryIO
import Formatting
import ModelFormat

/// `--rename OLD=NEW`
struct TensorRenaming {
  private let argument: String

  init(_ argument: String) throws {
    self.argument = argument
    guard argument.unicodeScalars.contains("=") else {
      throw ValidationError("expected the name of a tensor, = and a new name, as in --rename fc.weight=affine1.weight")
    }
  }

  /// The two names: names may hold the sign themselves, so it is the first one before which there is the name of a tensor.
  ///
  /// - Throws: `CommandFailure` where there is none.
  func renaming(in contents: ModelContents, of path: String) throws -> ModelEdit.Renaming {
    let scalars = argument.unicodeScalars
    for place in scalars.indices where scalars[place] == "=" {
      let old = String(scalars[..<place])
      guard contents.place(ofTensorNamed: old) != nil else { continue }
      return ModelEdit.Renaming(old, to: String(scalars[scalars.index(after: place)...]))
    }
    throw CommandFailure.usage(
      "no tensor of \(path) has the name that --rename \(ByteName(argument).excerpt) begins with; it has "
        + Text.listed(contents.tensors.map(\.name), separator: ", ", as: Text.short))
  }
}
