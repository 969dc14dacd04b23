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

  @Test func aModelWithoutTopologyIsRefused() throws {
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

  /// A kind, its attributes, what is changed, and what the message says.
  private static let hyperparameters: [(kind: String, sound: Attributes, name: String, wrong: AttributeValue?)] = [
    ("conv", ["filters": 2, "kernel_size": 2, "stride": 1, "padding": 0], "filters", nil),
    ("conv", ["filters": 2, "kernel_size": 2, "stride": 1, "padding": 0], "kernel_size", 2.5),
    ("conv", ["filters": 2, "kernel_size": 2, "stride": 1, "padding": 0], "padding", "same"),
    ("conv", ["filters": 2, "kernel_size": 2, "stride": 1, "padding": 0], "dilation", 2),
    ("conv", ["filters": 2, "kernel_size": 2, "stride": 1, "padding": 0], "stride", 0),
    ("maxpool", ["size": 2, "stride": 2], "stride", nil), ("maxpool", ["size": 2, "stride": 2], "size", -1),
    ("averagepool", ["size": 2, "stride": 2], "ceil_mode", true),
    ("dropout", ["rate": 0.5], "rate", nil), ("dropout", ["rate": 0.5], "rate", 1.0),
    ("dropout", ["rate": 0.5], "rate", .number(.nan)),
    ("batchnorm", ["momentum": 0.1, "epsilon": 1e-5], "epsilon", 0.0),
    ("batchnorm", ["momentum": 0.1, "epsilon": 1e-5], "momentum", .number(.infinity)),
    ("leakyrelu", ["slope": 0.01], "slope", -0.5), ("leakyrelu", ["slope": 0.01], "inplace", true),
    ("elu", ["alpha": 1.0], "alpha", nil), ("elu", ["alpha": 1.0], "alpha", 0.0), ("elu", ["alpha": 1.0], "alpha", 1),
    ("elu", ["alpha": 1.0], "alpha", .number(.infinity)), ("elu", ["alpha": 1.0], "alpha", 1e-60),
    ("elu", ["alpha": 1.0], "slope", 0.5), ("flatten", [:], "start_dim", 1), ("gelu", [:], "approximate", "tanh"),
  ]

  @Test(arguments: hyperparameters.indices)
  func hyperparametersThatNoLayerHas(index: Int) throws {
    let example = RefusalTests.hyperparameters[index]
    var attributes = example.sound
    attributes[example.name] = example.wrong
    let layer = LayerDescription(kind: example.kind, name: "it", outputShape: [2, 2, 2], attributes: attributes)
    let model = try Model(topology: Topology(inputShape: [2, 3, 3], layers: [layer]), tensors: [])
    let error = try #require(#expect(throws: NetworkStorageError.self) { try Network<Float>(model) })
    #expect(error.code == .inconsistentLayer, "\(error)")
    #expect(error.place.contains("it") || error.place.contains(example.kind), "\(error)")
  }

  @Test func runningStatisticsThatAreMissingOrOfAnotherShape() throws {
    var generator = RandomGenerator(seed: 1)
    let network = try Network<Float>(
      inputShape: [3, 2, 2], layers: [.batchNormalization()], initializer: .he, generator: &generator)
    let sound = try Model(network)
    #expect(
      sound.tensors.map(\.name) == [
        "batchnorm1.weight", "batchnorm1.bias", "batchnorm1.running_mean", "batchnorm1.running_variance",
      ])
    var topology = try #require(sound.topology)
    topology.layers[0].parameters.removeLast()
    let missing = try Model(topology: topology, tensors: sound.tensors)
    let error = #expect(throws: NetworkStorageError.self) { try Network<Float>(missing) }
    #expect(error?.place == "layer batchnorm1")
    #expect(error?.expected == "a running_variance")
    var tensors = sound.tensors
    tensors[2] = try Tensor(name: "batchnorm1.running_mean", shape: [12], values: [Float](repeating: 0, count: 12))
    let reshaped = try Model(topology: sound.topology, tensors: tensors)
    #expect(throws: NetworkStorageError.self) { try Network<Float>(reshaped) }
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

  @Test func aTopologyWithoutLayersIsRefused() throws {
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
