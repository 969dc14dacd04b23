/// The name of a metadata entry, and the Swift type of its value.
public struct MetadataKey<Value: MetadataValue>: Sendable {
  /// The name, such as `training.batch_size`.
  public let name: String
  /// What is stored under it: `integer`, `number`, `string`, or `list of numbers`.
  public var storedType: String { Value.storedType }

  init(_ name: String) { self.name = name }
}
