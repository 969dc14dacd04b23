import BinaryIO
import ModelFormat

/// What the index and the shards of a model say besides tensors, put together.
///
/// Metadata that all who have them agree on keep their names. Where two differ, the later one is listed under the name of
/// its file, a slash and its own name. Topology and history may be in one shard.
struct ShardParts {
  private(set) var parts: ModelParts
  private let limits: DecodingLimits
  /// How many bytes of metadata there are.
  private var size = 0

  /// - Parameter file: the name of the index.
  init(_ metadata: Attributes, of file: String, limits: DecodingLimits) {
    parts = ModelParts(metadata: metadata)
    self.limits = limits
  }

  /// Takes in what a shard says.
  ///
  /// - Throws: `inconsistentLayout` when two shards have a topology or a history.
  mutating func add(_ shard: any ModelFile, named file: String) throws(ModelFormatError) {
    if let topology = shard.topology {
      try check(parts.topology == nil || parts.topology == topology, "topology", shard)
      parts.topology = topology
    }
    if shard.history != .empty {
      try check(parts.history == .empty || parts.history == shard.history, "history", shard)
      parts.history = shard.history
    }
    for entry in shard.metadata.entries {
      let known = parts.metadata[entry.name]
      guard known != entry.value else { continue }
      let name = known == nil ? entry.name : "\(file)/\(entry.name)"
      size += name.utf8.count + entry.value.byteCount
      guard size <= limits.structuredSectionSize, parts.metadata.entries.count < limits.valueCount else {
        throw ModelFormatError(
          .limitExceeded, expected: "at most \(limits.structuredSectionSize) bytes of metadata in all shards",
          found: "more"
        ).at(path: shard.name)
      }
      parts.metadata[name] = entry.value
    }
  }

  private func check(_ isRight: Bool, _ part: String, _ shard: any ModelFile) throws(ModelFormatError) {
    guard !isRight else { return }
    throw ModelFormatError(
      .inconsistentLayout, expected: "one \(part) for all shards", found: "another in this one"
    ).at(path: shard.name)
  }
}

extension AttributeValue {
  /// About how much memory it takes.
  fileprivate var byteCount: Int {
    switch self {
    case .boolean, .integer, .number: 8
    case .string(let text): text.utf8.count
    case .list(let elements): elements.reduce(8) { $0 + $1.byteCount }
    }
  }
}
