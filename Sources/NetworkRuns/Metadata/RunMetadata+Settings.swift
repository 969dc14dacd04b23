import BinaryIO

extension RunMetadata {
  private static let prefix = "training."
  /// Entries that say what happened, and not what was set.
  private static let results: Set<ByteName> = Set(
    [
      MetadataKeys.all.bestEpoch.name, MetadataKeys.all.checkpointEpoch.name, MetadataKeys.all.interruptedAfter.name,
      MetadataKeys.all.lossCurveValues.name, MetadataKeys.all.lossCurveInterval.name,
    ].map { ByteName($0) })

  /// Whether an entry says what a run gave, such as its best epoch.
  package static func isResult(_ name: String) -> Bool { results.contains(ByteName(name)) }

  /// Whether an entry says how a run was set up.
  package static func isSetting(_ name: String) -> Bool { name.utf8.starts(with: prefix.utf8) && !isResult(name) }

  /// `learning_rate` for `training.learning_rate`.
  package static func shortened(_ name: String) -> String {
    name.utf8.starts(with: prefix.utf8) ? String(decoding: name.utf8.dropFirst(prefix.utf8.count), as: UTF8.self) : name
  }
}
