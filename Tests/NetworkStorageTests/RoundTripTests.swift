import LayerKinds
import ModelFormat
import NetworkStorage
import NeuralNetwork
import Testing

/// Network → model → bytes → model → network changes no bit.
struct RoundTripTests {
  private func expectRoundTrip<Scalar: NetworkScalar>(_ network: Network<Scalar>, _ type: DataType) throws {
    let bytes = try Model(network, loss: .squaredError, metadata: ["note": "x"]).encoded()
    let model = try ModelReader(bytes: bytes).model()
    #expect(model.tensors.allSatisfy { $0.dataType == type })
    let restored = try Network<Scalar>(model)
    #expect(restored.inputShape == network.inputShape)
    #expect(restored.layers == network.layers)
    #expect(restored.layerDescriptions == network.layerDescriptions)
    #expect(bits(restored.parameters) == bits(network.parameters))
    #expect(bits(restored.runningStatistics) == bits(network.runningStatistics))
    let inputs = try RandomNetworks.inputs(for: network, rows: 7, seed: 9)
    #expect(bits(try restored.predict(inputs).elements) == bits(try network.predict(inputs).elements))
  }

  /// The bits of the values: NaN is equal to itself, and 0 differs from −0.
  private func bits<Scalar>(_ values: [Scalar]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

  @Test(arguments: RandomNetworks.architectures.indices)
  func networksOfFloatsComeBack(architecture: Int) throws {
    try expectRoundTrip(try RandomNetworks.make(Float.self, architecture, seed: 1), .float32)
  }

  @Test(arguments: RandomNetworks.architectures.indices)
  func networksOfDoublesComeBack(architecture: Int) throws {
    try expectRoundTrip(try RandomNetworks.make(Double.self, architecture, seed: 2), .float64)
  }

  @Test func everyKindOfLayerIsAmongThem() {
    let kinds = Set(RandomNetworks.architectures.flatMap { $0.layers.map(\.kind) })
    #expect(kinds == Set(LayerKind.allCases.map(\.rawValue)))
  }

  @Test func hyperparametersAreStoredUnderFullNames() throws {
    let layers: [LayerSpecification] = [
      .convolution(filters: 2, kernelSize: 3, stride: 2, padding: 1), .batchNormalization(), .maximumPooling(size: 2),
      .leakyReLU(), .dropout(rate: 0.5),
    ]
    var generator = RandomGenerator(seed: 1)
    let network = try Network<Float>(inputShape: [8, 8], layers: layers, initializer: .he, generator: &generator)
    let topology = try #require(Model(network).topology)
    #expect(
      topology.layers.map(\.attributes) == [
        ["filters": 2, "kernel_size": 3, "stride": 2, "padding": 1], ["momentum": 0.1, "epsilon": 1e-5],
        ["size": 2, "stride": 2], ["slope": 0.01], ["rate": 0.5],
      ])
    #expect(topology.layers.map(\.name) == ["conv1", "batchnorm1", "maxpool1", "leakyrelu1", "dropout1"])
    #expect(topology.layers.map(\.outputShape) == [[2, 4, 4], [2, 4, 4], [2, 2, 2], [2, 2, 2], [2, 2, 2]])
    #expect(
      topology.layers[1].parameters.map(\.tensor) == [
        "batchnorm1.weight", "batchnorm1.bias", "batchnorm1.running_mean", "batchnorm1.running_variance",
      ])
  }

  @Test func extremeValuesSurvive() throws {
    let values: [Float] = [
      .nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1,
    ]
    let network = try Network(
      inputShape: [4], layers: [.affine(outputs: 2)],
      parameters: ["affine1.weight": values, "affine1.bias": [-0.0, .nan]])
    let restored = try Network<Float>(ModelReader(bytes: Model(network).encoded()).model())
    #expect(bits(restored.parameters) == bits(network.parameters))
  }

  @Test func theTopologySaysWhatTheNetworkIs() throws {
    let network = try RandomNetworks.make(Float.self, 1, seed: 3)
    let model = try Model(
      network, preprocessing: Preprocessing(scale: 0.5, offset: -1), loss: .crossEntropy,
      classNames: ["a", "b", "c"], metadata: ["note": 1])
    let topology = try #require(model.topology)
    #expect(topology.inputShape == [4])
    #expect(topology.preprocessing == Preprocessing(scale: 0.5, offset: -1))
    #expect(topology.loss == "cross-entropy")
    #expect(topology.classNames == ["a", "b", "c"])
    #expect(topology.layers.map(\.kind) == ["affine", "sigmoid", "affine", "softmax"])
    #expect(topology.layers.map(\.outputShape) == [[5], [5], [3], [3]])
    #expect(topology.layers[0].attributes["outputs"] == 5)
    #expect(
      topology.layers[2].parameters == [
        .init(role: "weight", tensor: "affine2.weight"), .init(role: "bias", tensor: "affine2.bias"),
      ])
    #expect(model.tensors.map(\.shape) == [[4, 5], [5], [5, 3], [3]])
    #expect(model.metadata["note"] == 1)
    #expect(model.history == .empty)
  }
}
