import ModelFormat

/// The models that a run saves while it trains.
///
/// One that cannot be saved does not end the training, which is worth more; it makes the run fail once that is safe.
package struct Checkpoints {
  private let paths: CheckpointPaths
  private let replacing: Bool
  /// The files that were written, in order.
  package private(set) var saved: [String] = []
  /// Why the first of the models that are missing could not be saved.
  private(set) var failure: (any Error)?

  /// - Parameter replacing: whether existing files may be replaced.
  package init(_ paths: CheckpointPaths, replacing: Bool) {
    self.paths = paths
    self.replacing = replacing
  }

  /// Saves the model after an epoch, if it is one of those to be saved; 0 is the start.
  mutating func save(afterEpoch epoch: Int, _ model: () throws -> Model) {
    guard paths.isDue(afterEpoch: epoch) else { return }
    let path = paths.path(ofEpoch: epoch)
    do {
      var model = try model()
      var metadata = RunMetadata(model.metadata)
      metadata.checkpointEpoch = epoch
      model.metadata = metadata.attributes
      try model.save(to: path, replacing: replacing)
      saved.append(path)
    } catch {
      failure = failure ?? error
    }
  }
}
