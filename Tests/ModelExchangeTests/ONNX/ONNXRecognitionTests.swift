import ModelFormat
import TestSupport
import Testing

@testable import ModelExchange

/// Graphs that are no networks of ours remain tensors, and it is said why.
struct ONNXRecognitionTests {
  private typealias B = ONNXBytes

  /// A file with nodes from `x` to `y`, and the weights `w` [2, 3] and `b` [2].
  private func file(
    _ nodes: [[UInt8]], input: [Int?] = [nil, 3], opset: Int = 13, more: [[UInt8]] = []
  ) throws -> any ModelFile {
    let tensors = [B.tensor("w", [2, 3], B.raw([1, 2, 3, 4, 5, 6])), B.tensor("b", [2], B.raw([7, 8]))] + more
    return try ModelFiles.open(
      bytes: B.file(
        B.graph(nodes: nodes, tensors: tensors, inputs: [B.value("x", input)], outputs: [B.value("y", [nil, nil])]),
        opset: opset))
  }

  private func obstacle(
    _ nodes: [[UInt8]], input: [Int?] = [nil, 3], opset: Int = 13, more: [[UInt8]] = []
  ) throws -> String? {
    let file = try file(nodes, input: input, opset: opset, more: more)
    guard case .string(let text)? = file.metadata["onnx.no_network"] else { return nil }
    #expect(file.topology == nil)
    return text
  }

  @Test func `a weight that is stored the other way round is transposed, and multiplied`() throws {
    let attributes = [B.attribute("transB", 1), B.attribute("alpha", Float(2)), B.attribute("beta", Float(0.5))]
    let file = try file([B.node("Gemm", ["x", "w", "b"], ["y"], attributes, name: "fc")])
    let layer = try #require(file.topology?.layers.first)
    #expect(layer.name == "fc")
    #expect(layer.kind == "affine")
    #expect(layer.parameters.map(\.tensor) == ["w", "b"])
    let model = try file.model()
    #expect(model.tensors[0].shape == [3, 2])
    #expect(model.tensors[0].bytes == B.little([2, 8, 4, 10, 6, 12]))
    #expect(model.tensors[1].bytes == B.little([3.5, 4]))
  }

  @Test func `a bias that is missing is zeros, and one number stands for all`() throws {
    let product = B.attribute("transB", 1)
    let without = try file([B.node("Gemm", ["x", "w"], ["y"], [product], name: "fc")]).model()
    #expect(without.tensors.map(\.name) == ["w", "b", "fc.bias"])
    #expect(without.tensors[2].bytes == B.little([0, 0]))
    let one = try file(
      [B.node("Gemm", ["x", "w", "c"], ["y"], [product], name: "fc")], more: [B.tensor("c", [1], B.raw([5]))]
    ).model()
    #expect(one.tensors[3].bytes == B.little([5, 5]))
  }

  @Test func `operators are counted whether or not the graph is a network`() throws {
    let nodes = [B.node("Relu", ["x"], ["a"]), B.node("Relu", ["a"], ["b2"]), B.node("Cos", ["b2"], ["y"])]
    let file = try file(nodes)
    #expect(file.metadata["onnx.operators"] == ["Cos: 1", "Relu: 2"])
    #expect(file.metadata["onnx.operator_sets"] == ["ai.onnx 13"])
    #expect(file.metadata["onnx.no_network"] == "a node Cos is no layer of ours")
    #expect(file.versionText == "IR 8, opset 13")
    #expect(file.tensors.map(\.name) == ["w", "b"])
  }

  @Test func `what is no chain of our layers is said`() throws {
    let image: [Int?] = [nil, 1, 4, 4]
    let kernel = B.tensor("k", [1, 1, 2, 2], B.raw([1, 2, 3, 4]))
    func convolution(_ attributes: [[UInt8]]) throws -> String? {
      try obstacle([B.node("Conv", ["x", "k"], ["y"], attributes)], input: image, more: [kernel])
    }
    #expect(try obstacle([]) == "there are no nodes")
    #expect(try obstacle([B.node("Identity", ["x"], ["y"])]) == "there are no layers")
    #expect(try obstacle([B.node("Relu", ["y"], ["x"])]) == "no node takes \"x\"")
    #expect(
      try obstacle([B.node("Relu", ["x"], ["z"]), B.node("Relu", ["z"], ["x"])]) == "the nodes go round in circles")
    #expect(
      try obstacle([B.node("Relu", ["x"], ["y"])], input: [3]) == "the input \"x\" is no batch of samples")
    #expect(
      try obstacle([B.node("Relu", ["x"], ["y"])], input: [nil, nil]) == "the shape of the input \"x\" is open")
    #expect(
      try obstacle([B.node("Relu", ["x"], ["a"]), B.node("Add", ["x", "a"], ["y"])])
        == "2 nodes take \"x\", among them a node Relu and a node Add")
    #expect(
      try obstacle([B.node("Relu", ["x"], ["a"]), B.node("Add", ["a", "b"], ["y"])])
        == "a node Add computes with something other than one number")
    #expect(
      try obstacle([B.node("Gemm", ["x", "w"], ["y"])])
        == "a node Gemm needs tensors of the shapes [[3, 3], [3]], and has [[2, 3], [3]]")
    #expect(
      try obstacle([B.node("Gemm", ["x", "w"], ["y"])], input: image)
        == "a node Gemm multiplies values of the shape [1, 4, 4], which are no vector")
    #expect(
      try obstacle([B.node("Softmax", ["x"], ["y"])], input: image)
        == "a node Softmax is not over all values of a sample")
    #expect(
      try convolution([B.attribute("pads", [0, 0, 1, 1])])
        == "a node Conv has a padding of [0, 0, 1, 1], which is not the same on each side")
    #expect(try convolution([B.attribute("group", 2)]) == "a node Conv has groups of channels")
    #expect(try convolution([B.attribute("dilations", [2, 2])]) == "a node Conv has windows with holes")
    #expect(try convolution([B.attribute("strides", [1, 2])]) == "a node Conv has steps of [1, 2]")
    #expect(try convolution([B.attribute("strides", [0, 0])]) == "a node Conv has steps of [0, 0]")
    #expect(try convolution([B.attribute("strides", [2, 2])]) == nil)
    #expect(
      try obstacle([B.node("LeakyRelu", ["x"], ["y"], [B.attribute("alpha", Float.nan)])])
        == "a node LeakyRelu needs a finite slope of at least 0, and has nan")
    #expect(
      try obstacle([B.node("Relu", ["x"], ["y"]) + B.text(7, "acme")])
        == "a node acme.Relu is no operator of ONNX's own")
  }

  @Test func `weights that two layers have in two layouts are no network`() throws {
    let square = B.tensor("s", [3, 3], B.raw([1, 2, 3, 4, 5, 6, 7, 8, 9]))
    let nodes = [
      B.node("Gemm", ["x", "s"], ["a"]), B.node("Gemm", ["a", "s"], ["y"], [B.attribute("transB", 1)]),
    ]
    #expect(
      try obstacle(nodes, more: [square]) == "a node Gemm shares weights with another that has them in another layout")
  }

  @Test func `shapes that overflow and shapes put together without end are no network`() throws {
    let kernel = B.tensor("k", [4, 1, 1, 1], B.raw([1, 2, 3, 4]))
    let side = 2_147_483_647
    #expect(
      try obstacle([B.node("Conv", ["x", "k"], ["y"])], input: [nil, 1, side, side], more: [kernel])
        == "a node Conv has too many outputs")
    var nodes = [B.node("Shape", ["x"], ["s0"])]
    for level in 1...20 {
      nodes.append(B.node("Concat", [String](repeating: "s\(level - 1)", count: 30), ["s\(level)"]))
    }
    nodes.append(B.node("Reshape", ["x", "s20"], ["y"]))
    #expect(try obstacle(nodes) == "a node Reshape makes a shape that is no constant")
  }

  @Test func `values before the first layer may have another shape`() throws {
    let target = B.tensor("t", [4], type: 7, B.bytes(9, [-1, 1, 3, 1].flatMap { B.little(Int64($0)) }))
    let nodes = [B.node("Reshape", ["x", "t"], ["a"]), B.node("Relu", ["a"], ["y"])]
    #expect(try file(nodes, more: [target]).topology?.inputShape == [1, 3, 1])
  }
}
