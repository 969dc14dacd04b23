import BinaryIO

/// Checks of an output before any work is done for it.
enum OutputCheck {
  /// Refuses an output that would destroy an input, `--force` or not.
  static func checkInputsAreKept(_ option: String, _ path: String, inputs: [String]) throws {
    if let input = inputs.first(where: { FileSystem.isSameFile($0, path) }) {
      throw CommandFailure.usage("\(option) \(path) would replace the input \(input): give another path")
    }
  }
}
