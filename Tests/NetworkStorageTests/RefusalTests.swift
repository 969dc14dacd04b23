import ModelFormat
import NetworkStorage
import NeuralNetwork
import Testing

/// Models from which no network can be built, each with its evidence.
struct RefusalTests {
  private func expectRefusal(
    _ code: NetworkStorageError.Code, place: String, evidence: [String],
    sourceLocation: SourceLocation = #_sourceLocation,
    change: (inout Topology) throws -> Void
  ) throws {
    let sound = try Model(RandomNetworks.make(Float.self, 1, seed: 1))
    var topology = try #require(sound.topology)
    try change(&topology)
    let model = try Model(topology: topology, tensors: sound.tensors)
    let error = try #require(
      #expect(throws: NetworkStorageError.self, sourceLocation: sourceLocation) { try Network<Float>(model) })
    #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    #expect(error.place == place, "\(error)", sourceLocation: sourceLocation)
    for text in evidence {
      #expect(error.description.contains(text), "\(error)", sourceLocation: sourceLocation)
    }
  }

  @Test func noTopology() throws {
    let tensor = try Tensor(name: "w", shape: [1], values: [Float(1)])
    let error = #expect(throws: NetworkStorageError.self) {
      try Network<Float>(Model(topology: nil, tensors: [tensor]))
    }
    #expect(error?.code == .noTopology)
    #expect(error?.found == "only 1 tensors")
  }

  @Test func anUnknownKindOfLayer() throws {
    try expectRefusal(.unknownLayer, place: "layer sigmoid1", evidence: ["swish", "affine"]) {
      $0.layers[1].kind = "swish"
    }
  }

  @Test func anAttributeThatTheKindDoesNotHave() throws {
    try expectRefusal(.inconsistentLayer, place: "layer sigmoid1", evidence: ["no attributes", "negative_slope"]) {
      $0.layers[1].attributes["negative_slope"] = 0.1
    }
    try expectRefusal(.inconsistentLayer, place: "layer affine1", evidence: ["outputs", "dilation"]) {
      $0.layers[0].attributes["dilation"] = 2
    }
  }

  @Test func aParameterThatTheKindDoesNotHave() throws {
    try expectRefusal(.inconsistentLayer, place: "layer affine1", evidence: ["weight, bias", "scale"]) {
      $0.layers[0].parameters.append(.init(role: "scale", tensor: "affine1.weight"))
    }
  }

  @Test func aLayerWithoutItsNumberOfOutputs() throws {
    try expectRefusal(.inconsistentLayer, place: "layer affine1", evidence: ["outputs"]) {
      $0.layers[0].attributes = [:]
    }
    try expectRefusal(.inconsistentLayer, place: "layer affine1", evidence: ["outputs"]) {
      $0.layers[0].attributes = ["outputs": "five"]
    }
  }

  @Test func aLayerWithoutATensor() throws {
    try expectRefusal(.inconsistentLayer, place: "layer affine2", evidence: ["bias", "none"]) {
      $0.layers[2].parameters.removeLast()
    }
    try expectRefusal(.inconsistentLayer, place: "layer affine2", evidence: ["elsewhere", "no tensor"]) {
      $0.layers[2].parameters[0].tensor = "elsewhere"
    }
  }

  @Test func aTensorOfAnotherShape() throws {
    try expectRefusal(
      .inconsistentLayer, place: "layer affine1", evidence: ["[4, 5]", "[5, 3]", "affine2.weight"]
    ) {
      $0.layers[0].parameters[0].tensor = "affine2.weight"
    }
    try expectRefusal(.inconsistentLayer, place: "layer affine1", evidence: ["[6, 5]", "[4, 5]"]) {
      $0.inputShape = [6]
    }
  }

  @Test func anOutputShapeThatDoesNotFollow() throws {
    try expectRefusal(.inconsistentLayer, place: "layer sigmoid1", evidence: ["[5]", "[6]"]) {
      $0.layers[1].outputShape = [6]
    }
  }

  @Test func shapesThatNoNetworkHas() throws {
    for shape in [[], [0], [-4], [Int.max, 2]] {
      let sound = try Model(RandomNetworks.make(Float.self, 1, seed: 1))
      var topology = try #require(sound.topology)
      topology.inputShape = shape
      let model = try Model(topology: topology, tensors: sound.tensors)
      let error = #expect(throws: NetworkStorageError.self) { try Network<Float>(model) }
      #expect(error?.code == .inconsistentLayer, "\(shape)")
    }
    for outputs in [0, -1, Int.max] {
      try expectInconsistent { $0.layers[0].attributes = ["outputs": .integer(outputs)] }
    }
  }

  private func expectInconsistent(change: (inout Topology) -> Void) throws {
    let sound = try Model(RandomNetworks.make(Float.self, 1, seed: 1))
    var topology = try #require(sound.topology)
    change(&topology)
    let model = try Model(topology: topology, tensors: sound.tensors)
    let error = #expect(throws: NetworkStorageError.self) { try Network<Float>(model) }
    #expect(error?.code == .inconsistentLayer)
  }

  @Test func noLayers() throws {
    let model = try Model(topology: Topology(inputShape: [2], layers: []), tensors: [])
    let error = #expect(throws: NetworkStorageError.self) { try Network<Float>(model) }
    #expect(error?.code == .inconsistentLayer)
  }

  @Test func theDescriptionIsOneLineOfEvidence() throws {
    let error = #expect(throws: NetworkStorageError.self) {
      try Network<Float>(Model(topology: nil, tensors: []))
    }
    #expect(error?.description == "model: expected a topology, found only 0 tensors")
  }
}
