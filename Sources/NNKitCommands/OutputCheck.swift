import BinaryIO

/// Checks of an output before any work is done for it.
enum OutputCheck {
  /// Refuses an output that would destroy an input, `--force` or not.
  static func checkInputsAreKept(_ option: String, _ path: String, inputs: [String]) throws {
    if let input = inputs.first(where: { FileSystem.isSameFile($0, path) }) {
      throw CommandFailure.usage("\(option) \(path) would replace the input \(input): give another path")
    }
  }

  /// Refuses two outputs of which one would replace the other, however their paths are spelled.
  static func checkOutputsDiffer(_ first: (option: String, path: String), _ second: (option: String, path: String))
    throws
  {
    guard FileSystem.isSameFile(first.path, second.path) else { return }
    throw CommandFailure.usage(
      "\(first.option) \(first.path) and \(second.option) \(second.path) are the same file: give one of them another path"
    )
  }
}
