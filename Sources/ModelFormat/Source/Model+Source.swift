extension Model: ModelSource {
  /// A model in memory has no name of its own.
  public var name: String { "model" }

  /// Everything but the values. O(number of tensors).
  public var contents: ModelContents {
    ModelContents(
      parts, tensors: tensors.map(\.description), places: list.places, stateValues: trainingState?.values,
      stateTensors: trainingState?.tensors.map(\.description) ?? [])
  }

  private func stored(at place: Int) -> Tensor {
    place < tensors.count ? tensors[place] : (trainingState?.tensors ?? [])[place - tensors.count]
  }

  /// The values of the tensor at a place; nothing is copied.
  public func values(at place: Int) -> any TensorValues { MemoryValues(stored(at: place)) }

  /// The tensor at a place; nothing is copied.
  public func tensor(_ description: TensorDescription, at place: Int, threads: Int) -> Tensor { stored(at: place) }

  /// The sections that were kept when the model was loaded.
  public func copyableSections() -> [UnknownSection] { unknownSections }
}
