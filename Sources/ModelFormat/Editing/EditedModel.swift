import BinaryIO

/// A model with some changes, read from where it is. Nothing of it is read before it is asked for.
///
/// A save as `.nnk` of a model from an `.nnk` file copies the chunks of its tensors: their checksums are verified, and
/// they are not decoded.
public struct EditedModel: ModelSource {
  private let source: any ModelSource
  /// The place in the source of each tensor, and of those of the training state after them.
  private let places: [Int]

  /// Everything but the values, with the changes made.
  public let contents: ModelContents

  /// The name of the source.
  public var name: String { source.name }

  /// Makes changes to a model.
  ///
  /// - Throws: `ModelEditError` for a change that cannot be made.
  public init(_ source: any ModelSource, _ edit: ModelEdit) throws(ModelEditError) {
    self.source = source
    let old = source.contents
    guard !edit.changesTensors || edit.dropsTrainingState || old.stateValues == nil else { throw .trainingState }
    let names = try TensorNames(source, edit)
    var parts = old.parts
    parts.metadata = try edit.metadata(of: old.parts.metadata)
    parts.topology = try edit.topology(of: old.parts.topology, names)
    (contents, places) = try names.contents(old, parts, edit)
  }

  /// The values of the tensor at a place, as the source has them.
  public func values(at place: Int) throws(ModelFormatError) -> any TensorValues {
    try source.values(at: places[place])
  }

  /// The stored bytes of the tensor at a place, as the source has them.
  public func encodedValues(at place: Int) throws(ModelFormatError) -> any TensorValues {
    try source.encodedValues(at: places[place])
  }

  /// The sections of the source.
  public func copyableSections() throws(ModelFormatError) -> [UnknownSection] { try source.copyableSections() }
}

extension EditedModel: ChunkedSource {
  func storedChunks(at place: Int) -> StoredChunks? {
    guard let source = source as? any ChunkedSource else { return nil }
    return source.storedChunks(at: places[place])?.described(contents.tensor(at: place))
  }
}

extension ModelEdit {
  fileprivate func metadata(of old: Attributes) throws(ModelEditError) -> Attributes {
    var metadata = old
    for name in removedMetadata {
      guard old[name] != nil else { throw .noSuchKey(name, keys: old.entries.map(\.name)) }
      metadata[name] = nil
    }
    for (name, value) in setMetadata { metadata[name] = value }
    return metadata
  }

  fileprivate func topology(of old: Topology?, _ names: TensorNames) throws(ModelEditError) -> Topology? {
    guard var topology = old else {
      if let classNames, !classNames.isEmpty { throw .noTopology }
      return nil
    }
    if changesTensors {
      for layer in topology.layers.indices {
        for place in topology.layers[layer].parameters.indices {
          let tensor = topology.layers[layer].parameters[place].tensor
          guard !names.isDropped(tensor) else { throw .neededTensor(tensor, layer: topology.layers[layer].name) }
          topology.layers[layer].parameters[place].tensor = names.newName(of: tensor)
        }
      }
    }
    if let classNames {
      let shape = topology.layers.last?.outputShape ?? topology.inputShape
      guard classNames.isEmpty || [classNames.count] == shape else {
        throw .classNames(expected: shape, found: classNames.count)
      }
      topology.classNames = classNames
    }
    return topology
  }
}
