public import ModelFormat

/// The metadata of a model, with every entry that a run writes as a property of its Swift type: `metadata.batchSize`,
/// `metadata.loss`; see `MetadataKeys`.
///
/// Metadata come from files, and any program may have written them: an entry of another type, or with a value that this
/// version does not know, is nil like one that is absent. Entries of other names stay as they are.
@dynamicMemberLookup
public struct RunMetadata: Equatable, Sendable {
  /// All entries, as a model keeps them.
  public private(set) var attributes: Attributes

  /// The metadata of a model, or none.
  public init(_ attributes: Attributes = [:]) { self.attributes = attributes }

  /// The value of an entry; nil where there is none, or one of another kind. Setting nil removes it.
  public subscript<Value>(dynamicMember path: KeyPath<MetadataKeys, MetadataKey<Value>>) -> Value? {
    get { self[MetadataKeys.all[keyPath: path].name] }
    set { self[MetadataKeys.all[keyPath: path].name] = newValue }
  }

  subscript<Value: MetadataValue>(name: String) -> Value? {
    get { attributes[name].flatMap(Value.init(stored:)) }
    set { attributes[name] = newValue?.stored }
  }

  /// A copy with the entries of other metadata, which take the place of those of the same name.
  mutating func merge(_ other: RunMetadata) {
    for entry in other.attributes.entries { attributes[entry.name] = entry.value }
  }
}
