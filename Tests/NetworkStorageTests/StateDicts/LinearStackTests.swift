import ModelFormat
import TestSupport
import Testing

@testable import NetworkStorage

/// Linear layers are recognised in a PyTorch state dict.
struct LinearStackTests {
  private func tensor(_ name: String, _ shape: [Int], _ type: DataType = .float32) throws -> TensorDescription {
    try TensorDescription(name: name, dataType: type, shape: shape)
  }

  /// A state dict of layers given as outputs and inputs.
  private func tensors(_ layers: [(name: String, outputs: Int, inputs: Int)]) throws -> [TensorDescription] {
    try layers.flatMap { layer in
      [
        try tensor(layer.name + ".bias", [layer.outputs]),
        try tensor(layer.name + ".weight", [layer.outputs, layer.inputs]),
      ]
    }
  }

  private func order(_ names: [String]) throws -> [String] {
    try LinearStack(try tensors(names.map { ($0, 3, 3) })).layers.map(\.name)
  }

  @Test func layersFollowOneAnotherByNameNumbersAsNumbers() throws {
    #expect(try order(["fc10", "fc2", "fc1"]) == ["fc1", "fc2", "fc10"])
    #expect(try order(["net.10", "net.0", "net.2"]) == ["net.0", "net.2", "net.10"])
    #expect(try order(["b", "a.1", "a"]) == ["a", "a.1", "b"])
    #expect(try order(["x01", "x1", "x0"]) == ["x0", "x1", "x01"])
    #expect(
      try order(["l99999999999999999999", "l100000000000000000000", "l3"])
        == ["l3", "l99999999999999999999", "l100000000000000000000"])
  }

  @Test(arguments: 0..<20)
  func theOrderOfNamesIsAnOrder(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let names = (0..<12).map { _ in
      String((0..<Int.random(in: 0...5, using: &random)).map { _ in "a.019".randomElement(using: &random) ?? "a" })
    }
    for a in names {
      #expect(!NaturalOrder.precedes(a, a))
      for b in names where a != b {
        #expect(NaturalOrder.precedes(a, b) != NaturalOrder.precedes(b, a), "\(a) \(b)")
        for c in names where NaturalOrder.precedes(a, b) && NaturalOrder.precedes(b, c) {
          #expect(NaturalOrder.precedes(a, c), "\(a) \(b) \(c)")
        }
      }
    }
  }

  @Test func widthsMissingBiasesAndALayerWithoutAName() throws {
    let stack = try LinearStack([
      try tensor("fc2.weight", [10, 32]), try tensor("fc1.weight", [32, 784]), try tensor("fc1.bias", [32]),
    ])
    #expect(stack.layers.map(\.inputs) == [784, 32] && stack.layers.map(\.outputs) == [32, 10])
    #expect(stack.layers.map { $0.bias?.name } == ["fc1.bias", nil])
    let single = try LinearStack([try tensor("weight", [2, 3], .float64), try tensor("bias", [2], .float16)])
    #expect(single.layers.map(\.name) == [""])
  }

  @Test func anOrderOfTheCallersOwn() throws {
    let tensors = try tensors([("hidden", 8, 8), ("input", 8, 4), ("output", 2, 8)])
    let error = #expect(throws: ModelFormatError.self) { try LinearStack(tensors) }
    #expect(error?.tensor == "input.weight" && error?.found == "[8, 4]")
    #expect(error?.expected == "weights [outputs, 8] after the 8 outputs of \"hidden\"")
    let wider = #expect(throws: ModelFormatError.self) {
      try LinearStack(try self.tensors([("a", 3, 2), ("b", 1, 4)]))
    }
    #expect(wider?.tensor == "b.weight" && wider?.found == "[1, 4]")
    let stack = try LinearStack(tensors, order: ["input", "hidden", "output"])
    #expect(stack.layers.map(\.name) == ["input", "hidden", "output"])
    for order in [["input"], ["input", "hidden", "output", "input"], ["input", "hidden", "nothing"], []] {
      let error = #expect(throws: ModelFormatError.self) { try LinearStack(tensors, order: order) }
      #expect(error?.code == .noSuchTensor, "\(order)")
    }
  }

  @Test func whatIsNoStackOfLinearLayersIsRefusedWithTheTensorsName() throws {
    let good = [try tensor("fc.weight", [3, 2]), try tensor("fc.bias", [3])]
    let bad: [(TensorDescription, found: String)] = [
      (try tensor("bn.running_mean", [3]), "another tensor"), (try tensor("weight_g", [3]), "another tensor"),
      (try tensor("fcweight", [3, 2]), "another tensor"), (try tensor("conv.weight", [3, 2, 5, 5]), "[3, 2, 5, 5]"),
      (try tensor("norm.weight", [3]), "[3]"), (try tensor("q.weight", [3, 2], .int8), "i8"),
      (try tensor("z.weight", [0, 3]), "[0, 3]"), (try tensor("lonely.bias", [3]), "none"),
    ]
    for (tensor, found) in bad {
      let error = #expect(throws: ModelFormatError.self) { try LinearStack(good + [tensor]) }
      #expect(error?.code == .invalidTensor && error?.tensor == tensor.name, "\(tensor.name)")
      #expect(error?.found.contains(found) == true, "\(tensor.name): \(String(describing: error))")
    }
    for bias in [try tensor("fc.bias", [2]), try tensor("fc.bias", [3, 1]), try tensor("fc.bias", [3], .int64)] {
      let error = #expect(throws: ModelFormatError.self) { try LinearStack([good[0], bias]) }
      #expect(error?.tensor == "fc.bias")
    }
    #expect(throws: ModelFormatError.self) { try LinearStack([]) }
  }

  /// The model: transposed weights, a bias of zeros, layers between.
  @Test func theModelHasTransposedWeightsABiasOfZerosAndLayersBetween() throws {
    let source = try Model(
      topology: nil,
      tensors: [
        try Tensor(name: "b.weight", shape: [2, 3], values: [1, 2, 3, 4, 5, 6] as [Double]),
        try Tensor(name: "a.weight", shape: [3, 1], values: [7, 8, 9] as [Float]),
        try Tensor(name: "a.bias", shape: [3], values: [0.5, 0.25, -1] as [Float]),
      ], metadata: ["format": "pt"])
    let reader = try ModelReader(bytes: try source.encoded())
    let assumptions = LinearStack.Assumptions(
      activation: "tanh", output: "softmax", preprocessing: Preprocessing(scale: 2, offset: 1))
    let model = try LinearStack(reader.tensors).model(reader, assumptions)
    #expect(model.tensors.map(\.name) == ["a.weight", "a.bias", "b.weight", "b.bias"])
    #expect(model.tensors.map(\.shape) == [[1, 3], [3], [3, 2], [2]])
    #expect(model.tensors.map(\.dataType) == [.float32, .float32, .float64, .float64])
    #expect(model.tensor(named: "b.weight")?.doubles() == [1, 4, 2, 5, 3, 6])
    #expect(model.tensor(named: "b.bias")?.doubles() == [0, 0])
    let topology = try #require(model.topology)
    #expect(topology.inputShape == [1] && topology.preprocessing == Preprocessing(scale: 2, offset: 1))
    #expect(topology.layers.map(\.kind) == ["affine", "tanh", "affine", "softmax"])
    #expect(topology.layers.map(\.name) == ["a", "tanh1", "b", "softmax1"])
    #expect(topology.layers.map(\.outputShape) == [[3], [3], [2], [2]])
    #expect(model.metadata == ["format": "pt"])
    let bare = try LinearStack(reader.tensors).topology(LinearStack.Assumptions(output: nil))
    #expect(bare.layers.map(\.kind) == ["affine", "relu", "affine"])
  }

  @Test(arguments: [DataType.int8, .float16, .float32, .float64])
  func transposingFollowsTheDefinition(type: DataType) throws {
    var random = SplitMix64(seed: 4)
    for (rows, columns) in [(1, 1), (1, 70), (33, 65), (64, 32), (0, 5), (100, 3)] {
      let size = type.byteCount
      let bytes = random.bytes(rows * columns * size)
      let matrix = try Tensor(TensorDescription(name: "m", dataType: type, shape: [rows, columns]), bytes: bytes)
      let result = try matrix.transposed()
      #expect(result.shape == [columns, rows])
      var isRight = true
      for row in 0..<rows {
        for column in 0..<columns {
          let (from, to) = ((row * columns + column) * size, (column * rows + row) * size)
          isRight = isRight && bytes[from..<from + size].elementsEqual(result.bytes[to..<to + size])
        }
      }
      #expect(isRight, "\(rows) × \(columns)")
      #expect(try result.transposed() == matrix)
    }
    let vector = try Tensor(name: "v", shape: [3], values: [1, 2, 3] as [Float])
    #expect(throws: ModelFormatError.self) { try vector.transposed() }
  }
}
