public import ModelFormat
public import NeuralNetwork

extension Network {
  /// Builds the network that a model holds.
  ///
  /// Layers find their tensors by the names that the topology gives; element types are converted to `Scalar`, rounding
  /// to nearest. O(number of parameters).
  ///
  /// - Throws: `NetworkStorageError` when the model has no topology, a layer of an unknown kind, or a layer whose
  ///   tensors do not have the shapes that it needs.
  public init(_ model: Model) throws(NetworkStorageError) {
    guard let topology = model.topology else {
      throw NetworkStorageError(
        code: .noTopology, place: "model", expected: "a topology",
        found: "only \(model.tensors.count) tensors")
    }
    var specifications: [LayerSpecification] = []
    for layer in topology.layers { specifications.append(try LayerSpecification(layer)) }
    let entries = try Network.entries(inputShape: topology.inputShape, layers: specifications)
    do {
      let entriesOfLayer = Dictionary(grouping: entries, by: \.layerIndex)
      for (index, layer) in topology.layers.enumerated() {
        try Network.checkRoles(of: layer, (entriesOfLayer[index] ?? []).map(\.role))
      }
      var parameters: [String: [Scalar]] = [:]
      for entry in entries {
        parameters[entry.name] = try Network.values(
          of: entry, in: topology.layers[entry.layerIndex], model: model)
      }
      self = try Network(
        inputShape: topology.inputShape, layers: specifications, parameters: parameters)
    } catch let error as NetworkStorageError {
      throw error
    } catch let error as NetworkError {
      throw NetworkStorageError(
        code: .inconsistentLayer, place: error.place, expected: error.expected, found: error.found)
    } catch {
      throw NetworkStorageError(
        code: .inconsistentLayer, place: "model", expected: "a network", found: "\(error)")
    }
    for (layer, built) in zip(topology.layers, layerDescriptions)
    where layer.outputShape != built.outputShape {
      throw NetworkStorageError(
        code: .inconsistentLayer, place: "layer \(layer.name)",
        expected: "the output shape \(built.outputShape) that follows from its input",
        found: "\(layer.outputShape)")
    }
  }

  /// The tensors that a network of these layers has: parameters and running statistics.
  static func entries(
    inputShape: [Int], layers: [LayerSpecification]
  ) throws(NetworkStorageError) -> [ParameterEntry] {
    do {
      return try parameterEntries(inputShape: inputShape, layers: layers)
        + runningStatisticsEntries(inputShape: inputShape, layers: layers)
    } catch {
      throw NetworkStorageError(
        code: .inconsistentLayer, place: error.place, expected: error.expected, found: error.found)
    }
  }

  /// Refuses tensors that the kind of layer has no use for, as other programs may have one.
  private static func checkRoles(
    of layer: LayerDescription, _ roles: [String]
  ) throws(NetworkStorageError) {
    guard let unknown = layer.parameters.first(where: { !roles.contains($0.role) }) else { return }
    throw NetworkStorageError(
      code: .inconsistentLayer, place: "layer \(layer.name)",
      expected: roles.isEmpty ? "no parameters" : "no parameters but \(roles.joined(separator: ", "))",
      found: "a parameter with the role \(unknown.role.debugDescription)")
  }

  private static func values(
    of entry: ParameterEntry, in layer: LayerDescription, model: Model
  ) throws(NetworkStorageError) -> [Scalar] {
    let name = try tensorName(of: entry, in: layer) { model.tensor(named: $0)?.shape }
    guard let tensor = model.tensor(named: name) else { return [] }
    // Both casts are between equal types; they keep the conversion out of unspecialised code.
    if let floats = tensor.floats() as? [Scalar] { return floats }
    if let doubles = tensor.doubles() as? [Scalar] { return doubles }
    return tensor.doubles().map { Scalar($0) }
  }

  /// The name of the tensor that holds a parameter, once it is known to have the right shape.
  ///
  /// - Parameter shape: the shape of the tensor of a name; nil when there is none.
  static func tensorName(
    of entry: ParameterEntry, in layer: LayerDescription, shape: (String) -> [Int]?
  ) throws(NetworkStorageError) -> String {
    let place = "layer \(layer.name)"
    guard let parameter = layer.parameters.first(where: { $0.role == entry.role }) else {
      throw NetworkStorageError(
        code: .inconsistentLayer, place: place, expected: "a \(entry.role)", found: "none")
    }
    guard let found = shape(parameter.tensor) else {
      throw NetworkStorageError(
        code: .inconsistentLayer, place: place, expected: "the tensor \(parameter.tensor.debugDescription)",
        found: "no tensor of that name")
    }
    guard found == entry.shape else {
      throw NetworkStorageError(
        code: .inconsistentLayer, place: place, expected: "a \(entry.role) of the shape \(entry.shape)",
        found: "\(found) in the tensor \(parameter.tensor.debugDescription)")
    }
    return parameter.tensor
  }
}
