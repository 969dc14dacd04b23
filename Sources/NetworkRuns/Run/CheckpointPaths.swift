package import BinaryIO

/// Where a run saves its checkpoints: `digits-epoch-0005.nnk` next to `digits.nnk`.
///
/// All epochs of a run have as many digits, so that names in order are epochs in order.
package struct CheckpointPaths {
  private static let leastDigits = 4

  /// The epochs from one model to the next.
  private let interval: Int
  private let lastEpoch: Int
  private let folder: String
  /// What a name has before and after the digits of the epoch.
  private let affixes: (prefix: String, suffix: String)
  private let digits: Int

  /// - Parameters:
  ///   - output: where the trained model goes.
  ///   - interval: the epochs from one model to the next, at least 1.
  ///   - epochs: how many epochs there will be.
  package init(output: String, interval: Int, epochs: Int) {
    self.interval = interval
    lastEpoch = epochs
    let (folder, name) = FilePath.split(output)
    self.folder = output == name ? "" : folder == "/" ? folder : folder + "/"
    // A point at the start of a name begins no extension.
    let point = name.utf8.dropFirst().lastIndex(of: UInt8(ascii: ".")) ?? name.endIndex
    affixes = (name[..<point] + "-epoch-", String(name[point...]))
    digits = max(CheckpointPaths.leastDigits, String(epochs).count)
  }

  /// Whether a model is saved after that epoch; 0 is the start.
  func isDue(afterEpoch epoch: Int) -> Bool { epoch.isMultiple(of: interval) }

  /// The path of the model after that epoch.
  package func path(ofEpoch epoch: Int) -> String { folder + name(ofEpoch: epoch) }

  private func name(ofEpoch epoch: Int) -> String {
    let number = String(epoch)
    return affixes.prefix + String(repeating: "0", count: max(0, digits - number.count)) + number + affixes.suffix
  }

  /// Whether this run would write a file of that name.
  private func writes(_ name: String) -> Bool {
    guard name.hasPrefix(affixes.prefix), name.hasSuffix(affixes.suffix),
      let epoch = Int(name.dropFirst(affixes.prefix.count).dropLast(affixes.suffix.count))
    else { return false }
    return (0...lastEpoch).contains(epoch) && isDue(afterEpoch: epoch) && name == self.name(ofEpoch: epoch)
  }

  /// The existing files where this run would write a model. Asks for what is in the folder, and not for each
  /// epoch: there may be millions.
  package func existingFiles() throws(FileError) -> [String] {
    try FileSystem.names(inFolder: folder.isEmpty ? "." : folder).filter(writes).map { folder + $0 }
  }
}
