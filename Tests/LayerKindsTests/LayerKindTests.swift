import LayerKinds
import NeuralNetwork
import Testing

/// The table of layer kinds is sound, and each reader of it knows all kinds.
struct LayerKindTests {
  /// A network's text with the kind as its only layer: each argument that has to be given is 1, or 0.5.
  static func text(_ word: String, _ kind: LayerKind) -> String {
    let arguments = kind.definition.fields.filter { $0.absent == .none }.map { $0.isInteger ? "1" : "0.5" }
    return word + (arguments.isEmpty ? "" : "(\(arguments.joined(separator: ",")))")
  }

  @Test(arguments: LayerKind.allCases)
  func everyWordStandsForItsKind(kind: LayerKind) throws {
    for word in kind.words {
      #expect(LayerKind(word: word) == kind)
      let layer = try #require(NetworkText(Self.text(word, kind)).layers.first)
      #expect(layer.layerKind == kind && layer.kind == kind.rawValue)
      #expect(layer.values.count == kind.definition.fields.count)
    }
  }

  @Test func noWordStandsForTwoKinds() {
    let words = LayerKind.allCases.flatMap(\.words)
    #expect(Set(words).count == words.count)
  }

  @Test(arguments: LayerKind.allCases)
  func everyKindBecomesALayerOfANetwork(kind: LayerKind) throws {
    let layers = try NetworkText(Self.text(kind.words[0], kind)).layers
    var generator = RandomGenerator(seed: 1)
    let network = try Network<Float>(inputShape: [2, 3, 4], layers: layers, initializer: .he, generator: &generator)
    let placed = try #require(network.layerDescriptions.first)
    let tensors = kind.definition.tensors
    #expect(placed.parameters.map(\.role) == tensors.filter { !$0.isMeasured }.map(\.role))
    #expect(placed.runningStatistics.map(\.role) == tensors.filter(\.isMeasured).map(\.role))
  }

  @Test(arguments: LayerKind.allCases)
  func fieldsHaveNamesOfTheirOwnAndSoundDefaults(kind: LayerKind) throws {
    let fields = kind.definition.fields
    #expect(Set(fields.map(\.name)).count == fields.count)
    #expect(fields.first?.absent != .fieldBefore)
    // A default that the field itself would refuse would make the plain word an error.
    let layers = try NetworkText(Self.text(kind.words[0], kind)).layers
    try kind.definition.check(layers[0].values) { $0 }
  }

  @Test func activationsAreWhatActsOnSingleValuesWithoutSettings() {
    let names = LayerKind.activations.map(\.rawValue)
    #expect(names == ["relu", "gelu", "silu", "softplus", "sigmoid", "tanh", "identity"])
    #expect(LayerKind.rectifiers.map(\.rawValue) == ["relu", "leakyrelu", "gelu", "silu", "elu", "softplus"])
    #expect(LayerKind.measuredRoles == ["running_mean", "running_variance"])
  }

  @Test(arguments: [
    (NumberRange.closed(0, 1), [0, 0.5, 1], [-0.1, 1.1, .nan, .infinity], "a x from 0 to 1"),
    (.halfOpen(0, 1), [0, 0.99], [1, -0.1, .nan], "a x of at least 0 and below 1"),
    (.above(0), [1e-300, 5], [0, -1, .nan, .infinity], "a finite x above 0"),
    (.atLeast(0), [0, 5], [-1e-300, .nan, .infinity], "a finite x of at least 0"),
  ])
  func rangesHoldTheirNumbersAndSayWhich(range: NumberRange, inside: [Double], outside: [Double], words: String) {
    #expect(inside.allSatisfy(range.contains))
    #expect(!outside.contains(where: range.contains))
    #expect(range.words("x") == words)
  }

  @Test func valuesOfAnotherTypeThanTheirFieldAreRefused() {
    let leaky = LayerKind.leakyrelu.definition
    for values: [LayerValue] in [[.integer(1)], [], [.number(1), .number(1)]] {
      #expect(throws: LayerMisfit.self) { try leaky.check(values) { $0 } }
    }
    #expect(throws: LayerMisfit.self) {
      try LayerKind.conv.definition.check([.number(1), .integer(1), .integer(1), .integer(0)]) { $0 }
    }
  }

  @Test func shapesThatOverflowAreMisfits() {
    let integer = { (_: String) -> Int? in 1 }
    let huge = LayerContext(input: [.max, .max], output: [], integer: integer)
    #expect(throws: LayerMisfit.self) { try huge.shape([.inputs]) }
    #expect(throws: LayerMisfit.self) { try huge.shape([.channels]) }
    #expect(throws: LayerMisfit.self) { try LayerOutput.flattened.shape(input: [-1], integer: integer) }
    #expect(throws: LayerMisfit.self) {
      try LayerOutput.windows(size: "size").shape(input: [1, .max, .max], integer: integer)
    }
  }
}
