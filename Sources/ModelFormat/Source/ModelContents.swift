/// Everything that a model holds but the values of its tensors.
///
/// Invariant: no two tensors have the same name, nor have two tensors of the training state.
public struct ModelContents: Sendable {
  /// Topology, history and metadata.
  public let parts: ModelParts
  /// The tensors in the order in which they are stored.
  public let tensors: [TensorDescription]
  /// The small values of the training state; nil when there is none.
  public let stateValues: Attributes?
  /// The tensors of the training state.
  public let stateTensors: [TensorDescription]

  private let places: TensorPlaces

  /// - Throws: `duplicateTensor` when two tensors have the same name.
  public init(
    _ parts: ModelParts = ModelParts(), tensors: [TensorDescription], stateValues: Attributes? = nil,
    stateTensors: [TensorDescription] = []
  ) throws(ModelFormatError) {
    _ = try TensorPlaces(stateTensors.lazy.map(\.name))
    self.init(
      parts, tensors: tensors, places: try TensorPlaces(tensors.lazy.map(\.name)), stateValues: stateValues,
      stateTensors: stateTensors)
  }

  /// - Parameter places: where the names of the tensors are.
  init(
    _ parts: ModelParts, tensors: [TensorDescription], places: TensorPlaces, stateValues: Attributes?,
    stateTensors: [TensorDescription]
  ) {
    self.parts = parts
    self.tensors = tensors
    self.places = places
    self.stateValues = stateValues
    self.stateTensors = stateTensors
  }

  /// The tensors of the model, and after them those of the training state: the places of `ModelSource.values(at:)`.
  var allTensors: [TensorDescription] { tensors + stateTensors }

  /// The tensor at a place of `ModelSource.values(at:)`. O(1).
  func tensor(at place: Int) -> TensorDescription {
    place < tensors.count ? tensors[place] : stateTensors[place - tensors.count]
  }

  /// The place of the tensor of that name; nil when there is none. O(1).
  public func place(ofTensorNamed name: String) -> Int? { places[name] }

  /// The place of this tensor; nil when there is none of its name, type and shape. O(1).
  package func place(of tensor: TensorDescription) -> Int? {
    guard let place = places[tensor.name], tensors[place] == tensor else { return nil }
    return place
  }
}
