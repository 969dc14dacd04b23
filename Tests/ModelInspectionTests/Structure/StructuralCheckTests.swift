import ModelFormat
import ModelInspection
import Testing

struct StructuralCheckTests {
  private func tensors(_ shapes: KeyValuePairs<String, [Int]> = ["w": [2, 3], "b": [3]]) throws -> [TensorDescription] {
    try shapes.map { try TensorDescription(name: $0.key, dataType: .float32, shape: $0.value) }
  }

  private func findings(
    _ tensors: [TensorDescription], _ change: (inout Topology) -> Void = { _ in }
  ) -> [String] {
    var topology = soundTopology()
    change(&topology)
    return StructuralCheck.findings(topology: topology, tensors: tensors).map { "\($0.place): \($0.message)" }
  }

  @Test func nothingIsFoundInASoundModelAndInOneWithoutTopology() throws {
    #expect(findings(try tensors()) == [])
    #expect(StructuralCheck.findings(topology: nil, tensors: try tensors()) == [])
    #expect(findings(try tensors()) { $0.classNames = [] } == [])
    #expect(findings(try tensors(["w": [2, 3, 4], "b": [3]])) { $0.layers[0].kind = "of another program" } == [])
  }

  @Test func aNameOfTwoLayers() throws {
    #expect(
      findings(try tensors()) { $0.layers[1].name = "hidden" }
        == ["layer hidden: the name is that of more than one layer"])
  }

  @Test func aTensorOfTwoLayers() throws {
    #expect(
      findings(try tensors()) { $0.layers[1].parameters = [.init(role: "weight", tensor: "w")] }
        == ["layer output: shares tensor w with layer hidden"])
  }

  @Test func aMissingTensorIsFound() throws {
    #expect(findings(try tensors(["w": [2, 3]])) == ["layer hidden: bias tensor b is missing"])
  }

  @Test func aTensorOfNoLayer() throws {
    #expect(findings(try tensors(["w": [2, 3], "b": [3], "x": []])) == ["tensor x: belongs to no layer"])
  }

  @Test func weightsAndBiasesThatDoNotFitTheShapesOfAnAffineLayer() throws {
    #expect(
      findings(try tensors(["w": [3, 2], "b": [3]]))
        == ["layer hidden: expected weight w of shape [2, 3], found [3, 2]"])
    #expect(
      findings(try tensors(["w": [2, 3], "b": [3, 1]]))
        == ["layer hidden: expected bias b of shape [3], found [3, 1]"])
    #expect(findings(try tensors(["w": [12, 3], "b": [3]])) { $0.inputShape = [3, 2, 2] } == [])
  }

  @Test(arguments: ["sigmoid", "relu", "tanh", "identity", "softmax"])
  func aLayerThatChangesTheShapeItMustKeep(kind: String) throws {
    #expect(
      findings(try tensors()) {
        $0.layers[1].kind = kind
        $0.layers[1].outputShape = [3, 1]
        $0.classNames = []
      } == ["layer output: expected output shape [3] like its input, found [3, 1]"])
  }

  @Test func classNamesThatDoNotFitTheOutputs() throws {
    #expect(
      findings(try tensors()) { $0.classNames = ["a", "b"] } == ["class names: expected one per output [3], found 2"])
  }

  @Test func namesThatOnlyLookAlikeAreTwo() throws {
    let found = findings(try tensors(["w\u{E9}": [2, 3], "we\u{301}": [2, 3], "b": [3]])) {
      $0.layers[0].parameters[0].tensor = "w\u{E9}"
      $0.layers[1].name = "n\u{E9}"
      $0.layers.append(LayerDescription(kind: "identity", name: "ne\u{301}", outputShape: [3]))
    }
    #expect(found == ["tensor we\u{301}: belongs to no layer"])
  }

  @Test(arguments: [[Int.max, Int.max], [1 << 32, 1 << 32], [-1], [Int.min, Int.min], [-1, -2], [Int.max, 2, 0]])
  func hostileShapesAreFoundAndDoNotTrap(shape: [Int]) throws {
    // A product that wraps around to 0 must not be taken for 0 inputs.
    let found = findings(try tensors(["w": [0, 3], "b": [3]])) { $0.inputShape = shape }
    #expect(found.count == (shape.contains(0) ? 0 : 1))
    let outputs = findings(try tensors()) {
      $0.layers[0].outputShape = shape
      $0.layers[1].outputShape = shape
    }
    #expect(outputs.count == 3)
  }

  @Test func manyLayersAndTensorsAreCheckedInProportionToTheirNumber() throws {
    var topology = Topology(inputShape: [1], layers: [])
    var tensors: [TensorDescription] = []
    for number in 0..<30_000 {
      tensors.append(try TensorDescription(name: "w\(number)", dataType: .float32, shape: [1, 1]))
      topology.layers.append(
        LayerDescription(
          kind: "affine", name: "l\(number)", outputShape: [1],
          parameters: [.init(role: "weight", tensor: "w\(number)")]))
    }
    #expect(StructuralCheck.findings(topology: topology, tensors: tensors) == [])
  }

  /// Shapes of images that convolution, pooling, flatten and batch normalisation give.
  @Test func shapesOfImagesThatConvolution() throws {
    func layer(_ kind: String, _ output: [Int], _ attributes: Attributes = [:], _ tensors: [String] = [])
      -> LayerDescription
    {
      LayerDescription(
        kind: kind, name: kind, outputShape: output, attributes: attributes,
        parameters: tensors.map { .init(role: $0 == "w" ? "weight" : "running_mean", tensor: $0) })
    }
    let window: Attributes = ["filters": 4, "kernel_size": 3, "stride": 2, "padding": 1]
    func findings(_ layer: LayerDescription, input: [Int], tensor: [Int]) throws -> [String] {
      let tensors = try layer.parameters.map {
        try TensorDescription(name: $0.tensor, dataType: .float32, shape: tensor)
      }
      return StructuralCheck.findings(topology: Topology(inputShape: input, layers: [layer]), tensors: tensors)
        .map(\.message)
    }
    // (5 + 2 − 3) / 2 + 1 = 3, (4 + 2 − 3) / 2 + 1 = 2.
    #expect(try findings(layer("conv", [4, 3, 2], window, ["w"]), input: [2, 5, 4], tensor: [4, 2, 3, 3]) == [])
    #expect(try findings(layer("conv", [4, 3, 2], window, ["w"]), input: [5, 4], tensor: [4, 1, 3, 3]) == [])
    #expect(
      try findings(layer("conv", [4, 3, 3], window, ["w"]), input: [2, 5, 4], tensor: [4, 3, 3, 3]) == [
        "expected weight w of shape [4, 2, 3, 3], found [4, 3, 3, 3]",
        "expected output shape [4, 3, 2], found [4, 3, 3]",
      ])
    #expect(try findings(layer("maxpool", [2, 2, 2], ["size": 2, "stride": 2]), input: [2, 5, 4], tensor: []) == [])
    #expect(
      try findings(layer("averagepool", [2, 2], ["size": 2, "stride": 1]), input: [5, 4], tensor: []) == [
        "expected output shape [4, 3], found [2, 2]"
      ])
    #expect(
      try findings(layer("flatten", [3]), input: [2, 5, 4], tensor: []) == ["expected output shape [40], found [3]"])
    #expect(
      try findings(layer("batchnorm", [2, 5, 4], [:], ["m"]), input: [2, 5, 4], tensor: [5]) == [
        "expected running_mean m of shape [2], found [5]"
      ])
    #expect(
      try findings(layer("gelu", [5]), input: [4], tensor: []) == [
        "expected output shape [4] like its input, found [5]"
      ])
    // Numbers of no network say nothing, and trap nothing.
    for wrong in [-1, 0, Int.max, Int.min] {
      for name in ["filters", "kernel_size", "stride", "padding"] {
        var attributes = window
        attributes[name] = .integer(wrong)
        for input in [[wrong, wrong, wrong], [2, wrong, 4], [2, 5, 4], [wrong], []] {
          _ = try findings(layer("conv", [4, 3, 2], attributes, ["w"]), input: input, tensor: [1])
          _ = try findings(layer("batchnorm", input, attributes, ["w"]), input: input, tensor: [1])
        }
      }
    }
  }
}
