import BinaryIO
import MachineLimits
import ModelFormat
import NeuralNetwork

/// The network that a topology describes, and the tensors that hold its values: found before any value is read.
struct StoredNetwork<Scalar: NetworkScalar> {
  let architecture: Architecture<Scalar>
  /// The tensors of parameters in their order, then those of running statistics, and their places in the model.
  private let tensors: [(description: TensorDescription, place: Int)]

  /// Finds the layers and their tensors, by the names that the topology gives.
  ///
  /// - Throws: `NetworkStorageError` when there is no topology, a layer of an unknown kind, or a layer whose tensors or
  ///   output do not have the shapes that it needs.
  init(_ contents: ModelContents) throws(NetworkStorageError) {
    guard let topology = contents.parts.topology else {
      throw NetworkStorageError(
        code: .noTopology, place: "model", expected: "a topology", found: "only \(contents.tensors.count) tensors")
    }
    let layers = try topology.layers.map { (layer) throws(NetworkStorageError) in try LayerSpecification(layer) }
    do { architecture = try Architecture(inputShape: topology.inputShape, layers: layers) } catch {
      throw NetworkStorageError(
        code: .inconsistentLayer, place: error.place, expected: error.expected, found: error.found)
    }
    for (layer, placed) in zip(topology.layers, architecture.placedLayers) {
      try Self.checkRoles(of: layer, (placed.parameters + placed.runningStatistics).map(\.role))
    }
    tensors = try (architecture.parameterEntries + architecture.runningStatisticsEntries).map {
      (entry) throws(NetworkStorageError) in
      let place = try Self.place(of: entry, in: topology.layers[entry.layerIndex], contents)
      return (contents.tensors[place], place)
    }
    for (layer, placed) in zip(topology.layers, architecture.placedLayers)
    where layer.outputShape != placed.outputShape {
      throw NetworkStorageError(
        code: .inconsistentLayer, place: "layer \(ByteName(layer.name).excerpt)",
        expected: "the output shape \(placed.outputShape) that follows from its input", found: "\(layer.outputShape)")
    }
  }

  /// Reads the values of all tensors to their places in the network. Other element types are converted to `Scalar`,
  /// rounding to nearest. O(number of parameters).
  ///
  /// - Parameters:
  ///   - source: the model whose contents these are.
  ///   - threads: how many threads share the work.
  /// - Throws: `limitExceeded` when the machine has no memory for them; any error about where they are kept.
  func load(from source: any ModelSource, threads: Int) throws(ModelFormatError) -> Network<Scalar> {
    try AvailableMemory.check(loading: tensors.map(\.description))
    let count = architecture.parameterCount + architecture.runningStatisticsCount
    try AvailableMemory.check(byteCount: count * MemoryLayout<Scalar>.stride)
    var filled = 0
    return try unsafe Network(architecture) { (_, buffer) throws(ModelFormatError) in
      let tensor = tensors[filled]
      filled += 1
      let values = try source.values(at: tensor.place)
      try unsafe TensorConversion(tensor.description.dataType, values).read(into: buffer, threads: threads)
    }
  }

  /// Refuses tensors that the kind of layer has no use for, as other programs may have one.
  private static func checkRoles(
    of layer: LayerDescription, _ roles: [String]
  ) throws(NetworkStorageError) {
    guard
      let unknown = layer.parameters.first(where: { parameter in
        !roles.contains { ByteName($0) == ByteName(parameter.role) }
      })
    else { return }
    throw NetworkStorageError(
      code: .inconsistentLayer, place: "layer \(ByteName(layer.name).excerpt)",
      expected: roles.isEmpty ? "no parameters" : "no parameters but \(roles.joined(separator: ", "))",
      found: "a parameter with the role \(ByteName(unknown.role).quoted)")
  }

  /// The place of the tensor that holds a parameter, once it is known to have the right shape.
  private static func place(
    of entry: ParameterEntry, in layer: LayerDescription, _ contents: ModelContents
  ) throws(NetworkStorageError) -> Int {
    let at = "layer \(ByteName(layer.name).excerpt)"
    guard let parameter = layer.parameters.first(where: { ByteName($0.role) == ByteName(entry.role) }) else {
      throw NetworkStorageError(code: .inconsistentLayer, place: at, expected: "a \(entry.role)", found: "none")
    }
    guard let place = contents.place(ofTensorNamed: parameter.tensor) else {
      throw NetworkStorageError(
        code: .inconsistentLayer, place: at, expected: "the tensor \(ByteName(parameter.tensor).quoted)",
        found: "no tensor of that name")
    }
    let shape = contents.tensors[place].shape
    guard shape == entry.shape else {
      throw NetworkStorageError(
        code: .inconsistentLayer, place: at, expected: "a \(entry.role) of the shape \(entry.shape)",
        found: "\(shape) in the tensor \(ByteName(parameter.tensor).quoted)")
    }
    return place
  }
}
