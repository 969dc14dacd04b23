import LayerKinds
import ModelFormat
import NeuralNetwork
import Testing

@testable import NetworkStorage

/// Layers that were named take the modules of a state dict.
struct StateDictNetworkTests {
  private func tensor(_ name: String, _ shape: [Int]) throws -> Tensor {
    let count = shape.reduce(1, *)
    return try Tensor(name: name, shape: shape, values: (0..<count).map { Float($0) })
  }

  private func source(_ tensors: [(String, [Int])]) throws -> Model {
    try Model(topology: nil, tensors: try tensors.map { try tensor($0.0, $0.1) })
  }

  private func network(
    _ text: String, _ tensors: [(String, [Int])], inputShape: [Int]? = nil, order: [String]? = nil
  ) throws -> StateDictNetwork {
    try StateDictNetwork(of: source(tensors), layers: NetworkText(text).layers, inputShape: inputShape, order: order)
  }

  private func bits(_ values: [Float]) -> [UInt32] { values.map(\.bitPattern) }

  @Test(arguments: RandomNetworks.architectures.indices)
  func aNetworkLaidOutForPyTorchComesBackBitForBit(index: Int) throws {
    let network = try RandomNetworks.make(Float.self, index, seed: 3)
    let sequential = try PyTorchSequential(try Model(network))
    let stored = try sequential.model()
    #expect(stored.topology == nil)
    let layers = try NetworkText(sequential.networkText).layers
    #expect(layers == network.layers)
    guard !stored.tensors.isEmpty else { return }
    let back = try StateDictNetwork(of: stored, layers: layers, inputShape: network.inputShape)
    let restored = try Network<Float>(try back.model(stored))
    #expect(bits(restored.parameters) == bits(network.parameters))
    #expect(bits(restored.runningStatistics) == bits(network.runningStatistics))
  }

  @Test func pythonHasAModuleForEveryKindOfLayer() throws {
    let text =
      "batchnorm(0.3,0.001) conv(2,3,stride=2,padding=1) maxpool(2) averagepool(1) dropout(0.25) leakyrelu(0.125) flatten "
      + "dense(4) relu gelu silu elu(0.5) softplus sigmoid tanh identity batchnorm softmax"
    let layers = try NetworkText(text).layers
    #expect(Set(layers.map(\.kind)) == Set(LayerKind.allCases.map(\.rawValue)))
    var generator = RandomGenerator(seed: 1)
    let network = try Network<Float>(inputShape: [6, 6], layers: layers, initializer: .he, generator: &generator)
    let python = try PyTorchSequential(
      try Model(network, preprocessing: Preprocessing(scale: 0.5, offset: -1))
    ).python(path: "a \"b\"\n.safetensors", isArchive: false)
    #expect(
      python == [
        "import torch", "from torch import nn", "from safetensors.torch import load_file", "model = nn.Sequential(",
        "    nn.Flatten(),", "    nn.BatchNorm1d(36, eps=0.001, momentum=0.3),", "    nn.Unflatten(1, (6, 6)),",
        "    nn.Unflatten(1, (1, 6)),", "    nn.Conv2d(1, 2, 3, stride=2, padding=1),",
        "    nn.MaxPool2d(2, stride=2),", "    nn.AvgPool2d(1, stride=1),", "    nn.Dropout(0.25),",
        "    nn.LeakyReLU(0.125),", "    nn.Flatten(),", "    nn.Linear(2, 4),", "    nn.ReLU(),", "    nn.GELU(),",
        "    nn.SiLU(),", "    nn.ELU(0.5),", "    nn.Softplus(),", "    nn.Sigmoid(),", "    nn.Tanh(),",
        "    nn.Identity(),", "    nn.BatchNorm1d(4, eps=1e-05, momentum=0.1),", "    nn.Softmax(dim=1),", ")",
        "model.load_state_dict(load_file(\"a \\\"b\\\"\\U0000000a.safetensors\"))", "model.eval()",
        "# x: float32 values of shape [n, 6, 6], as they are in the data file", "# y = model(x * 0.5 + -1.0)",
      ])
  }

  @Test func modulesComeByShapeAndInTheOrderOfTheirNamesOrInOneOfTheFilesOwn() throws {
    let byName = try network(
      "dense(3) dense(3) dense(3)", [("0.weight", [3, 3]), ("10.weight", [3, 3]), ("9.weight", [3, 3])])
    #expect(byName.matches.map(\.module) == ["0", "9", "10"] && !byName.isInFileOrder && byName.inputShape == [3])
    #expect(byName.matches.map(\.absentRoles) == [["bias"], ["bias"], ["bias"]])
    let byFile = try network("dense(3) relu dense(3)", [("stem.weight", [3, 3]), ("head.weight", [3, 3])])
    #expect(byFile.matches.map(\.module) == ["stem", "head"] && byFile.isInFileOrder)
    let byShape = try network(
      "dense(3) dense(2)", [("head.weight", [2, 3]), ("stem.weight", [3, 4])], inputShape: [4])
    #expect(byShape.matches.map(\.module) == ["stem", "head"])
    let asked = try network(
      "dense(3) dense(3)", [("a.weight", [3, 3]), ("b.weight", [3, 3])], order: ["b", "a"])
    #expect(asked.matches.map(\.module) == ["b", "a"])
    let error = #expect(throws: ModelFormatError.self) {
      try self.network("dense(3) dense(3)", [("a.weight", [3, 3]), ("b.weight", [3, 3])], order: ["b"])
    }
    #expect(error?.code == .noSuchTensor && error?.found == "none of the name \"a\"")
  }

  @Test func countersArePassedOver() throws {
    let result = try network(
      "dense(2) batchnorm",
      [
        ("0.weight", [2, 3]), ("1.weight", [2]), ("1.bias", [2]), ("1.running_mean", [2]), ("1.running_var", [2]),
        ("1.num_batches_tracked", []),
      ])
    #expect(result.counters.map(\.name) == ["1.num_batches_tracked"])
    #expect(result.matches.last?.origins.map(\.role) == ["weight", "bias", "running_mean", "running_variance"])
  }

  @Test func whatDoesNotFitIsRefusedWithTheTensor() throws {
    let cases: [(text: String, tensors: [(String, [Int])], tensor: String?, found: String)] = [
      ("dense(2)", [("0.weight", [3, 2]), ("0.bias", [2])], "0.weight", "f32 of shape [3, 2]"),
      ("dense(2)", [("0.weight", [2, 3]), ("0.bias", [3])], "0.bias", "f32 of shape [3]"),
      ("dense(2)", [("0.weight", [2, 3]), ("0.extra", [3])], "0.extra", "another one"),
      ("dense(2) batchnorm", [("0.weight", [2, 3]), ("1.weight", [2])], nil, "only \"weight\""),
      ("dense(2) dense(1)", [("0.weight", [2, 3])], nil, "1: \"0\""),
      ("relu", [("0.weight", [2, 3])], nil, "1: \"0\""),
    ]
    for (text, tensors, tensor, found) in cases {
      let error = #expect(throws: ModelFormatError.self) { try self.network(text, tensors, inputShape: [3]) }
      #expect(error?.tensor == tensor && error?.found == found, "\(text): \(String(describing: error))")
    }
    let shape = #expect(throws: NetworkError.self) { try self.network("conv(2,3)", [("0.weight", [2, 1, 3, 3])]) }
    #expect(shape?.code == .invalidShape)
    let window = #expect(throws: NetworkError.self) {
      try self.network("conv(2,3)", [("0.weight", [2, 1, 3, 3])], inputShape: [1, 2, 2])
    }
    #expect(window?.code == .invalidShape)
  }
}
