import ModelFormat
import Testing

@testable import ModelInspection

struct ModelFindingsTests {
  private let factories: [@Sendable () -> PlantedModel] = [
    { PlantedModel.dense() }, { PlantedModel.convolutional() },
  ]

  private func integers(_ value: AttributeValue?) -> [Int]? {
    guard case .list(let elements) = value else { return nil }
    return elements.compactMap { if case .integer(let index) = $0 { index } else { nil } }
  }

  @Test func `Weights at random are no finding`() throws {
    for factory in factories {
      #expect(try factory().findings() == [])
      #expect(try factory().findings(withTopology: false) == [])
    }
  }

  @Test func `Values that are not finite are counted, and the first has its coordinates`() throws {
    var model = PlantedModel.convolutional()
    model["conv2.weight", 3, 2, 1, 0] = .nan
    model["conv2.weight", 3, 2, 1, 1] = -.infinity
    model["conv2.weight", 5, 0, 0, 0] = .nan
    let finding = try #require(try model.findings().first)
    #expect(finding.code == .nonFinite && finding.severity == .error && finding.place == "tensor conv2.weight")
    #expect(finding.message == "3 of 120 values are not finite (2 NaN, 1 −∞), the first at [3, 2, 1, 0]")
    #expect(integers(finding.evidence["first_index"]) == [3, 2, 1, 0] && finding.evidence["nan"] == 2)
    #expect(finding.evidence["negative_infinity"] == 1 && finding.evidence["positive_infinity"] == 0)
    #expect(try model.findings().count == 1)
  }

  @Test func `Units whose incoming weights are all 0 are dead, whatever their bias`() throws {
    var model = PlantedModel.dense()
    for input in 0..<20 { for unit in [3, 7] { model["affine1.weight", input, unit] = unit == 3 ? 0 : -0.0 } }
    let findings = try model.findings()
    #expect(findings.map(\.code) == [.deadUnits] && findings[0].severity == .warning)
    #expect(findings[0].place == "layer affine1" && findings[0].evidence["count"] == 2)
    #expect(findings[0].message.hasPrefix("2 of 12 units have incoming weights that are all exactly 0"))
    #expect(findings[0].message.hasSuffix("units 3 and 7") && integers(findings[0].evidence["indices"]) == [3, 7])
  }

  @Test func `Channels whose kernels are all 0 are dead`() throws {
    var model = PlantedModel.convolutional()
    for place in 0..<20 { model.values["conv2.weight"]?[4 * 20 + place] = 0 }
    let findings = try model.findings()
    #expect(findings.map(\.code) == [.deadUnits] && findings[0].place == "layer conv2")
    #expect(findings[0].message.hasPrefix("1 of 6 units has incoming") && findings[0].message.hasSuffix("unit 4"))
  }

  @Test func `A single weight that is not 0 keeps a unit alive`() throws {
    var model = PlantedModel.dense()
    for input in 0..<19 { model["affine1.weight", input, 3] = 0 }
    // As many zeros as a dead unit has, but not in one.
    model["affine1.weight", 19, 4] = 0
    #expect(try model.findings() == [])
  }

  @Test func `Units that go into zeros are unused, across activations`() throws {
    var model = PlantedModel.dense()
    for output in 0..<8 { model["affine2.weight", 5, output] = 0 }
    let findings = try model.findings()
    #expect(findings.map(\.code) == [.unusedUnits] && findings[0].place == "layer affine1")
    #expect(integers(findings[0].evidence["indices"]) == [5] && findings[0].evidence["units"] == 12)
  }

  @Test func `Inputs that go into zeros are no finding`() throws {
    var model = PlantedModel.dense()
    for unit in 0..<12 { model["affine1.weight", 5, unit] = 0 }
    #expect(try model.findings() == [])
  }

  @Test func `Channels that go into zeros are unused, in kernels and as blocks after flattening`() throws {
    var model = PlantedModel.convolutional()
    for filter in 0..<6 { for place in 0..<4 { model["conv2.weight", filter, 2, place / 2, place % 2] = 0 } }
    for input in 9..<18 { for output in 0..<4 { model["affine1.weight", input, output] = 0 } }
    // Not all of channel 3.
    for input in 27..<35 { for output in 0..<4 { model["affine1.weight", input, output] = 0 } }
    let findings = try model.findings()
    #expect(findings.map(\.code) == [.unusedUnits, .unusedUnits])
    #expect(findings.map(\.place) == ["layer conv1", "layer conv2"])
    #expect(findings.map { integers($0.evidence["indices"]) } == [[2], [1]])
  }

  @Test func `A normalisation that multiplies by 0 leaves channels unused`() throws {
    var model = PlantedModel.convolutional()
    model["batchnorm1.weight", 0] = 0
    model["batchnorm1.weight", 4] = 0
    let findings = try model.findings()
    #expect(findings.map(\.code) == [.unusedUnits] && findings[0].place == "layer conv1")
    #expect(integers(findings[0].evidence["indices"]) == [0, 4])
  }

  @Test func `Where a layer is unknown, nothing is said of what comes after it`() throws {
    var model = PlantedModel.dense()
    model.topology.layers[1].kind = "mystery"
    for output in 0..<8 { model["affine2.weight", 5, output] = 0 }
    #expect(try model.findings() == [])
  }

  @Test func `Units with nearly the same weights and bias are duplicates, whatever their length`() throws {
    var model = PlantedModel.dense()
    for input in 0..<20 { model["affine1.weight", input, 9] = model["affine1.weight", input, 2] * 3 }
    model["affine1.bias", 9] = model["affine1.bias", 2] * 3
    let findings = try model.findings()
    #expect(findings.map(\.code) == [.duplicateUnits] && findings[0].place == "layer affine1")
    #expect(
      findings[0].message == "1 of 12 units is a duplicate of another one (cosine of incoming weights and bias above "
        + "0.9999): unit 9 of unit 2, cosine 1.000000")
    #expect(integers(findings[0].evidence["originals"]) == [2] && integers(findings[0].evidence["indices"]) == [9])
  }

  @Test func `The threshold of the cosine is exact`() throws {
    // With a ⊥ b of the same length, a + t·b has the cosine 1 / √(1 + t²) with a: 0.9999 at t = 0.014143.
    for (t, isFound) in [(0.01, true), (0.0141, true), (0.01415, false), (0.02, false)] {
      var model = PlantedModel.dense()
      for input in 0..<20 {
        model["affine1.weight", input, 0] = input < 10 ? 0.3 : 0
        model["affine1.weight", input, 1] = input < 10 ? 0.3 : 0.3 * t
      }
      for unit in 0...1 { model["affine1.bias", unit] = 0 }
      #expect(try model.findings().map(\.code) == (isFound ? [.duplicateUnits] : []), "\(t)")
    }
  }

  @Test func `Another bias or the opposite sign makes another unit`() throws {
    var model = PlantedModel.dense()
    for input in 0..<20 {
      model["affine1.weight", input, 9] = model["affine1.weight", input, 2]
      model["affine1.weight", input, 10] = -model["affine1.weight", input, 3]
    }
    model["affine1.bias", 9] = model["affine1.bias", 2] + 0.5
    model["affine1.bias", 10] = -model["affine1.bias", 3]
    #expect(try model.findings() == [])
  }

  @Test func `Kernels of few numbers have to be equal, not only parallel`() throws {
    for (factor, expected) in [(1.0, [Finding.Code.duplicateUnits]), (2, [])] {
      var model = PlantedModel.convolutional()
      let first = model.values["conv1.weight"]?.prefix(9).map { $0 * factor } ?? []
      model.values["conv1.weight"]?.replaceSubrange(36..<45, with: first)
      model["conv1.bias", 4] = factor * model["conv1.bias", 0]
      #expect(try model.findings().map(\.code) == expected)
    }
  }

  @Test func `A constant tensor is a warning among weights, unless it is how a tensor begins`() throws {
    var model = PlantedModel.convolutional()
    model.values["conv2.weight"] = [Double](repeating: 0.25, count: 120)
    model.values["batchnorm1.weight"] = [Double](repeating: 1, count: 5)
    model.values["batchnorm1.bias"] = [Double](repeating: 0, count: 5)
    model.values["batchnorm1.running_mean"] = [Double](repeating: 0, count: 5)
    model.values["batchnorm1.running_variance"] = [Double](repeating: 2, count: 5)
    model.values["affine1.bias"] = [Double](repeating: 0, count: 4)
    let findings = try model.findings()
    #expect(findings.map(\.code) == [.constantTensor, .constantTensor])
    #expect(Set(findings.map(\.place)) == ["tensor conv2.weight", "tensor batchnorm1.running_variance"])
    let weights = try #require(findings.first { $0.severity == .warning })
    #expect(weights.message == "all 120 values are 0.25, where weights begin at random")
    #expect(weights.evidence == ["count": 120, "value": 0.25])
    #expect(findings.contains { $0.severity == .note && $0.place == "tensor batchnorm1.running_variance" })
  }

  @Test func `Weights that are all 0 are constant, their units are dead, and those before them are not listed`() throws
  {
    var model = PlantedModel.dense()
    model.values["affine2.weight"] = [Double](repeating: 0, count: 96)
    let findings = try model.findings()
    #expect(findings.map(\.code) == [.constantTensor, .deadUnits] && findings[1].evidence["count"] == 8)
    #expect(findings[1].message.hasSuffix("units 0, 1, 2, 3, 4, 5, 6 and 7"))
  }

  @Test func `Weights 1000 times larger or smaller than the others are out of scale`() throws {
    for factor in [1000.0, 0.001] {
      var model = PlantedModel.dense()
      model.values["affine3.weight"] = model.values["affine3.weight"]?.map { $0 * factor }
      let findings = try model.findings()
      #expect(findings.map(\.code) == [.scaleOutlier] && findings[0].place == "tensor affine3.weight")
      #expect(
        findings[0].message.contains(factor > 1 ? " times the median of 3 tensors" : " of the median of 3 tensors"))
      #expect(try model.findings(withTopology: false).map(\.code) == [.scaleOutlier])
    }
    var model = PlantedModel.dense()
    model.values["affine3.weight"] = model.values["affine3.weight"]?.map { $0 * 20 }
    #expect(try model.findings() == [])
  }

  @Test func `Of two layers the one farther from the scale of fresh weights is out of line`() throws {
    var model = PlantedModel.dense()
    model.topology.layers.removeLast(3)
    model.values["affine2.weight"] = model.values["affine2.weight"]?.map { $0 * 200 }
    let findings = try model.findings()
    #expect(findings.map(\.place) == ["tensor affine2.weight"])
    #expect(findings[0].message.contains("of the network's weights and 1, about which weights begin"))
  }

  @Test func `Tensors with the bytes of another one are noted, constant ones are not`() throws {
    var model = PlantedModel.dense()
    model.values["affine3.bias"] = [0.5, 0.25, 0.125]
    let values = model.values["affine1.weight"] ?? []
    let copies = try [
      tensor(values, name: "a"), tensor(values, name: "b"), tensor(values.reversed(), name: "c"),
      tensor(Array(values.dropLast()), name: "d"), tensor([0, 0], name: "e"), tensor([0, 0], name: "f"),
    ]
    let all = try Model(topology: model.topology, tensors: model.model().tensors + copies)
    let found = try ModelFindings.findings(
      of: all, statistics: TensorStatistics.all(of: all.contents.tensors, in: all))
    #expect(found.map(\.code) == [.duplicateTensor] && found[0].severity == .note)
    #expect(found[0].place == "tensor affine1.weight")
    #expect(found[0].message == "the bytes of its values are those of 2 others: a, b")
    #expect(found[0].evidence == ["count": 2, "tensors": ["a", "b"]])
  }

  @Test func `What is found depends neither on threads nor on pieces`() throws {
    var model = PlantedModel.convolutional()
    model["conv2.weight", 0, 0, 0, 0] = .infinity
    for input in 9..<18 { for output in 0..<4 { model["affine1.weight", input, output] = 0 } }
    let kernel = model.values["conv1.weight"]?.prefix(9) ?? []
    model.values["conv1.weight"]?.replaceSubrange(9..<18, with: kernel)
    model["conv1.bias", 1] = model["conv1.bias", 0]
    let expected = try model.findings(threads: 1)
    #expect(expected.map(\.code) == [.nonFinite, .duplicateUnits, .unusedUnits])
    let whole = try model.model()
    let statistics = try TensorStatistics.all(of: whole.contents.tensors, in: whole)
    for (pieceSize, threads) in [(8, 1), (24, 2), (200, 3), (1 << 20, 2)] {
      let source = try CutNetwork(CutSource(whole.tensors, pieceSize: pieceSize), model.topology)
      #expect(try ModelFindings.findings(of: source, statistics: statistics, threads: threads) == expected)
    }
  }
}
