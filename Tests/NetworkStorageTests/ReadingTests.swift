import ModelFormat
import NetworkStorage
import NeuralNetwork
import Testing

/// A network from a file, without the rest of it.
struct ReadingTests {
  private func network() throws -> Network<Float> {
    try Network(
      inputShape: [2], layers: [.affine(outputs: 2), .relu],
      parameters: ["affine1.weight": [1, 2, 3, 4], "affine1.bias": [0.5, -0.5]])
  }

  /// The model of the network with another tensor, and a training state, that are damaged in the file.
  private func damagedElsewhere(_ change: (inout Topology) -> Void = { _ in }) throws -> [UInt8] {
    let model = try Model(network())
    var topology = try #require(model.topology)
    change(&topology)
    let other = try Tensor(name: "other", shape: [3], values: [7, 8, 9] as [Float])
    let state = try TrainingState(values: [:], tensors: [other])
    var bytes = try Model(
      topology: topology, tensors: model.tensors + [other], trainingState: state
    ).encoded(compression: .none)
    // 7 and 8 as 32-bit numbers.
    let pattern: [UInt8] = [0, 0, 0xE0, 0x40, 0, 0, 0, 0x41]
    var found = 0
    for start in bytes.indices.dropLast(8) where bytes[start..<start + 8].elementsEqual(pattern) {
      bytes[start] = 1
      found += 1
    }
    #expect(found == 2)
    return bytes
  }

  @Test func onlyTheTensorsOfTheLayersAreRead() throws {
    let reader = try ModelReader(bytes: try damagedElsewhere())
    #expect(throws: ModelFormatError.self) { _ = try reader.model() }
    let loaded = try Network<Float>(reader)
    #expect(try Model(loaded) == Model(network()))
  }

  /// From a file comes the same network as from memory, running statistics included.
  @Test(arguments: RandomNetworks.architectures.indices)
  func fromAFileComesTheSameNetworkAsFromMemory(index: Int) throws {
    let model = try Model(RandomNetworks.make(Float.self, index, seed: 5))
    let loaded = try Network<Float>(ModelReader(bytes: model.encoded()))
    #expect(try Model(loaded) == model)
  }

  /// A structure that does not fit is refused before any tensor is read, as when all are in memory.
  @Test func aStructureThatDoesNotFitIsRefusedBeforeAnyTensorIsRead() throws {
    for change in [
      { $0.layers[1].kind = "mystery" }, { $0.layers[0].parameters[0].tensor = "missing" },
      { $0.layers[0].parameters[0].tensor = "other" }, { $0.layers[0].parameters.removeLast() },
      { $0.layers[0].attributes["outputs"] = 3 }, { $0.inputShape = [3] },
    ] as [(inout Topology) -> Void] {
      var bytes = try damagedElsewhere(change)
      // Now the tensors of the network are damaged too: 1 and 2 as 32-bit numbers.
      let pattern: [UInt8] = [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]
      for start in bytes.indices.dropLast(8) where bytes[start..<start + 8].elementsEqual(pattern) { bytes[start] = 1 }
      let reader = try ModelReader(bytes: bytes)
      let error = try #require(throws: NetworkStorageError.self) { _ = try Network<Float>(reader) }
      var topology = try #require(try Model(network()).topology)
      change(&topology)
      let other = try Tensor(name: "other", shape: [3], values: [7, 8, 9] as [Float])
      let model = try Model(topology: topology, tensors: try Model(network()).tensors + [other])
      #expect(throws: error) { _ = try Network<Float>(model) }
    }
  }

  @Test func aFileWithoutTopologyHoldsNoNetwork() throws {
    let bytes = try Model(topology: nil, tensors: try Model(network()).tensors).encoded()
    let error = try #require(throws: NetworkStorageError.self) { _ = try Network<Float>(ModelReader(bytes: bytes)) }
    #expect(error.code == .noTopology)
  }
}
