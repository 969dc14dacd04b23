import BinaryIO
public import ModelFormat
public import NeuralNetwork

extension Network {
  /// Builds the network that a file holds, whatever its format, and reads nothing else of it than that needs.
  ///
  /// The structure is checked first, with the names, types and shapes of the tensors that the file lists: a network that
  /// cannot be built is refused before any weight is read. Then the tensors of its layers are loaded, and no others.
  ///
  /// - Parameters:
  ///   - source: the file.
  ///   - threads: how many threads share the work; nil for one per processor.
  /// - Throws: `NetworkStorageError` as `init(_:)` does; `ModelFormatError` for damage to a tensor that is needed.
  public init(_ source: any ModelSource, threads: Int? = nil) throws {
    let contents = source.contents
    guard let topology = contents.parts.topology else {
      throw NetworkStorageError(
        code: .noTopology, place: "model", expected: "a topology", found: "only \(contents.tensors.count) tensors")
    }
    var shapes: [ByteName: [Int]] = [:]
    for tensor in contents.tensors { shapes[ByteName(tensor.name)] = tensor.shape }
    var names: [String] = []
    let layers = try topology.layers.map { (layer) throws(NetworkStorageError) in try LayerSpecification(layer) }
    for entry in try Network.entries(inputShape: topology.inputShape, layers: layers) {
      names.append(
        try Network.tensorName(of: entry, in: topology.layers[entry.layerIndex]) { shapes[ByteName($0)] })
    }
    let tensors = try source.tensors(named: names, threads: threads)
    try self.init(Model(topology: topology, tensors: tensors))
  }
}
